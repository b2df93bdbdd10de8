"""HTTP for many requests at a time: just what the storm needs of it, so that the driver is not what is measured."""

import asyncio
import contextlib


class Broken(Exception):
    """The connection ended before an answer was there."""


async def read_message(reader):
    """The first line, the headers in lower case, and the body."""
    head = (await reader.readuntil(b'\r\n\r\n')).decode('latin-1').split('\r\n')
    headers = {}
    for line in head[1:-2]:
        name, _, value = line.partition(':')
        headers[name.lower()] = value.strip()
    if headers.get('transfer-encoding') == 'chunked':
        body = b''
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get('content-length') or 0))
    return head[0], headers, body


class Client:
    """Keeps connections to one server."""

    def __init__(self, port, **headers):
        self.port, self.idle = port, []
        self.headers = ''.join(f'{name}: {value}\r\n' for name, value in headers.items())

    async def ask(self, method, path, body=b'', **headers):
        """Status, headers and body; Broken when the server went away."""
        own = ''.join(f'{name.replace("_", "-")}: {value}\r\n' for name, value in headers.items())
        request = (f'{method} {path} HTTP/1.1\r\n{self.headers}{own}'
                   f'Content-Length: {len(body)}\r\n\r\n').encode() + body
        reader, writer = None, None
        try:
            if self.idle:
                reader, writer = self.idle.pop()
            else:
                reader, writer = await asyncio.open_connection('127.0.0.1', self.port, limit=1 << 24)
            writer.write(request)
            first, answered, told = await asyncio.wait_for(read_message(reader), 90)
        except (OSError, EOFError, asyncio.TimeoutError, asyncio.LimitOverrunError) as failure:
            if writer:
                writer.close()
            raise Broken from failure
        if answered.get('connection', '').lower() == 'close':
            writer.close()
        else:
            self.idle.append((reader, writer))
        return int(first.split()[1]), answered, told

    def close(self):
        for _, writer in self.idle:
            writer.close()
        self.idle = []


async def serve(take):
    """A server that gives every request to take(headers, body) and answers 200; with its port."""
    async def talk(reader, writer):
        with contextlib.suppress(OSError, EOFError, asyncio.CancelledError):
            while True:
                _, headers, body = await read_message(reader)
                take(headers, body)
                writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
        writer.close()

    server = await asyncio.start_server(talk, '127.0.0.1', 0, limit=1 << 24)
    return server, server.sockets[0].getsockname()[1]
