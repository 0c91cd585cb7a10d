/* A disk that fails on purpose, for one folder: loaded before the C library (LD_PRELOAD), told what to do by the environment.
 *
 *   SANTUNAN_FAULT_DIR     only files below it are touched (a real path)
 *   SANTUNAN_FAULT_OP      write | sync: which kind of call fails
 *   SANTUNAN_FAULT_AT      the how-manieth of them, from 1
 *   SANTUNAN_FAULT_HOW     eio | enospc | short (half is written, then the disk is full for one more call)
 *   SANTUNAN_FAULT_STAYS   set: every later one fails too
 *   SANTUNAN_FAULT_SPACE   bytes that may be written before the disk is full
 *   SANTUNAN_FAULT_FULL    a file: while it exists the disk stays full
 *   SANTUNAN_FAULT_REPORT  a file that gets "writes syncs faults" at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef ssize_t (*write_fn)(int, const void *, size_t);
typedef ssize_t (*pwrite_fn)(int, const void *, size_t, off_t);
typedef int (*sync_fn)(int);

static write_fn real_write;
static pwrite_fn real_pwrite;
static sync_fn real_fsync, real_fdatasync;

static const char *dir, *how, *full, *report;
static size_t dir_length;
static int op_is_write, op_is_sync, stays;
static long fault_at, space = -1;
static long writes, syncs, faults, written;

__attribute__((constructor)) static void begin(void) {
    real_write = (write_fn)dlsym(RTLD_NEXT, "write");
    real_pwrite = (pwrite_fn)dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = (sync_fn)dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (sync_fn)dlsym(RTLD_NEXT, "fdatasync");
    dir = getenv("SANTUNAN_FAULT_DIR");
    dir_length = dir ? strlen(dir) : 0;
    const char *op = getenv("SANTUNAN_FAULT_OP");
    op_is_write = op && strcmp(op, "write") == 0;
    op_is_sync = op && strcmp(op, "sync") == 0;
    how = getenv("SANTUNAN_FAULT_HOW");
    how = how ? how : "eio";
    stays = getenv("SANTUNAN_FAULT_STAYS") != NULL;
    fault_at = getenv("SANTUNAN_FAULT_AT") ? atol(getenv("SANTUNAN_FAULT_AT")) : 0;
    space = getenv("SANTUNAN_FAULT_SPACE") ? atol(getenv("SANTUNAN_FAULT_SPACE")) : -1;
    full = getenv("SANTUNAN_FAULT_FULL");
    report = getenv("SANTUNAN_FAULT_REPORT");
}

__attribute__((destructor)) static void end(void) {
    FILE *out = report ? fopen(report, "w") : NULL;
    if (!out) return;
    fprintf(out, "%ld %ld %ld\n", writes, syncs, faults);
    fclose(out);
}

static int is_ours(int fd) {
    if (!dir) return 0;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    return length > 0 && (size_t)length >= dir_length && memcmp(path, dir, dir_length) == 0;
}

static int error_number(void) { return strcmp(how, "eio") == 0 ? EIO : ENOSPC; }

/* Whether the call with this number fails; a short write needs a second call to say why. */
static int is_due(long number) {
    if (fault_at == 0) return 0;
    if (stays) return number >= fault_at;
    return number == fault_at || (op_is_write && strcmp(how, "short") == 0 && number == fault_at + 1);
}

static int fail(int error) {
    __atomic_add_fetch(&faults, 1, __ATOMIC_SEQ_CST);
    errno = error;
    return -1;
}

/* How many of the bytes may be written: all, some or, with errno set, -1. */
static ssize_t granted(int fd, size_t count) {
    if (count == 0 || !is_ours(fd)) return (ssize_t)count;
    long number = __atomic_add_fetch(&writes, 1, __ATOMIC_SEQ_CST);
    if (op_is_write && is_due(number)) {
        if (strcmp(how, "short") == 0 && number == fault_at && count > 1) {
            __atomic_add_fetch(&faults, 1, __ATOMIC_SEQ_CST);
            return (ssize_t)(count / 2);
        }
        return fail(error_number());
    }
    if (space >= 0) {
        long before = __atomic_fetch_add(&written, (long)count, __ATOMIC_SEQ_CST);
        if (before + (long)count > space && full && access(full, F_OK) == 0) {
            return before < space ? (ssize_t)(space - before) : fail(ENOSPC);
        }
    }
    return (ssize_t)count;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    ssize_t allowed = granted(fd, count);
    return allowed < 0 ? -1 : real_write(fd, bytes, (size_t)allowed);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
    ssize_t allowed = granted(fd, count);
    return allowed < 0 ? -1 : real_pwrite(fd, bytes, (size_t)allowed, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

static int sync_with(sync_fn real, int fd) {
    if (is_ours(fd)) {
        long number = __atomic_add_fetch(&syncs, 1, __ATOMIC_SEQ_CST);
        if (op_is_sync && is_due(number)) return fail(error_number());
    }
    return real(fd);
}

int fsync(int fd) { return sync_with(real_fsync, fd); }

int fdatasync(int fd) { return sync_with(real_fdatasync, fd); }
