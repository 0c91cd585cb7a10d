/* A disk that fails on purpose, for one folder: loaded before the C library (LD_PRELOAD), told what to do by the environment.
 *
 *   SANTUNAN_FAULT_DIR     only files below it are touched (a real path)
 *   SANTUNAN_FAULT_OP      write | sync: which kind of call fails
 *   SANTUNAN_FAULT_AT      the how-manieth of them, from 1
 *   SANTUNAN_FAULT_HOW     eio | enospc | short (half is written, then the disk is full for one more call)
 *                          | cut (the power goes: what was written and not synced is lost, and the process ends)
 *   SANTUNAN_FAULT_STAYS   set: every later one fails too
 *   SANTUNAN_FAULT_SPACE   bytes that may be written before the disk is full
 *   SANTUNAN_FAULT_FULL    a file: while it exists the disk stays full
 *   SANTUNAN_FAULT_REPORT  a file that gets "writes syncs faults" at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef ssize_t (*write_fn)(int, const void *, size_t);
typedef ssize_t (*pwrite_fn)(int, const void *, size_t, off_t);
typedef int (*sync_fn)(int);

static write_fn real_write;
static pwrite_fn real_pwrite;
static sync_fn real_fsync, real_fdatasync;

static const char *dir, *how, *full, *report;
static size_t dir_length;
static int op_is_write, op_is_sync, stays, cuts;
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
    cuts = strcmp(how, "cut") == 0;
    stays = getenv("SANTUNAN_FAULT_STAYS") != NULL;
    fault_at = getenv("SANTUNAN_FAULT_AT") ? atol(getenv("SANTUNAN_FAULT_AT")) : 0;
    space = getenv("SANTUNAN_FAULT_SPACE") ? atol(getenv("SANTUNAN_FAULT_SPACE")) : -1;
    full = getenv("SANTUNAN_FAULT_FULL");
    report = getenv("SANTUNAN_FAULT_REPORT");
}

/* What a file held where it was written since it was last synced: the disk may still hold it. Newest first. */
struct undo {
    struct undo *older;
    char path[PATH_MAX];
    dev_t device;
    ino_t inode;
    off_t at, size_before;
    size_t count;
    char bytes[];
};

static struct undo *unsynced;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

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

static void remember(int fd, size_t count, off_t at) {
    struct stat now;
    struct undo *undo = calloc(1, sizeof *undo + count);
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (!undo || fstat(fd, &now) != 0 || readlink(link, undo->path, sizeof undo->path - 1) < 0) abort();
    size_t length = strlen(undo->path);
    if (length > 4 && strcmp(undo->path + length - 4, "-shm") == 0) {
        free(undo); /* Shared memory of the living, made anew by the next one; other threads still look into it. */
        return;
    }
    undo->device = now.st_dev, undo->inode = now.st_ino, undo->size_before = now.st_size, undo->at = at;
    int readable = open(undo->path, O_RDONLY);
    ssize_t had = readable < 0 ? 0 : pread(readable, undo->bytes, count, at);
    if (readable >= 0) close(readable);
    undo->count = had > 0 ? (size_t)had : 0;
    undo->older = unsynced;
    unsynced = undo;
}

static void forget(int fd) {
    struct stat now;
    if (fstat(fd, &now) != 0) return;
    for (struct undo **at = &unsynced; *at;) {
        struct undo *undo = *at;
        if (undo->device != now.st_dev || undo->inode != now.st_ino) {
            at = &undo->older;
            continue;
        }
        *at = undo->older;
        free(undo);
    }
}

static void power_cut(void) {
    for (struct undo *undo = unsynced; undo; undo = undo->older) {
        int fd = open(undo->path, O_WRONLY);
        if (fd < 0) continue;
        if (real_pwrite(fd, undo->bytes, undo->count, undo->at) < 0 || ftruncate(fd, undo->size_before) != 0) abort();
        close(fd);
    }
    faults++;
    end();
    _exit(0);
}

static ssize_t write_at(int fd, const void *bytes, size_t count, off_t at, int moves) {
    ssize_t allowed = granted(fd, count);
    if (allowed < 0) return -1;
    return moves ? real_write(fd, bytes, (size_t)allowed) : real_pwrite(fd, bytes, (size_t)allowed, at);
}

/* With a cut to come, one call at a time, each with what it takes to lose it. */
static ssize_t any_write(int fd, const void *bytes, size_t count, off_t at, int moves) {
    if (!cuts || !is_ours(fd)) return write_at(fd, bytes, count, at, moves);
    pthread_mutex_lock(&one_at_a_time);
    if (op_is_write && writes + 1 == fault_at) power_cut();
    remember(fd, count, moves ? lseek(fd, 0, SEEK_CUR) : at);
    ssize_t wrote = write_at(fd, bytes, count, at, moves);
    pthread_mutex_unlock(&one_at_a_time);
    return wrote;
}

ssize_t write(int fd, const void *bytes, size_t count) { return any_write(fd, bytes, count, 0, 1); }

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) { return any_write(fd, bytes, count, at, 0); }

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

static int sync_with(sync_fn real, int fd) {
    if (!is_ours(fd)) return real(fd);
    if (cuts) pthread_mutex_lock(&one_at_a_time);
    long number = __atomic_add_fetch(&syncs, 1, __ATOMIC_SEQ_CST);
    if (op_is_sync && is_due(number)) {
        if (cuts) power_cut();
        return fail(error_number());
    }
    int done = real(fd);
    if (cuts) {
        if (done == 0) forget(fd);
        pthread_mutex_unlock(&one_at_a_time);
    }
    return done;
}

int fsync(int fd) { return sync_with(real_fsync, fd); }

int fdatasync(int fd) { return sync_with(real_fdatasync, fd); }
