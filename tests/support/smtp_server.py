"""A real mail server on loopback for the mail tests.

Keeps every message in the folder given, refuses tolak@ for good and tunda@ for now,
prints its port, and ends when its standard input closes.
"""
import asyncio
import pathlib
import sys

from aiosmtpd.smtp import SMTP

FOLDER = pathlib.Path(sys.argv[1])


class Handler:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("tolak@"):
            return "550 5.1.1 no such user"
        if address.startswith("tunda@"):
            return "451 4.7.1 greylisted, come back later"
        if address.startswith("sandi@"):
            return "530 5.7.0 authentication required"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Handler.count += 1
        (FOLDER / f"{Handler.count}.eml").write_bytes(envelope.original_content)
        (FOLDER / f"{Handler.count}.to").write_text("\n".join(envelope.rcpt_tos))
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), hostname="loopback"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
