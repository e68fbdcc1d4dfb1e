# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""A relay in front of a server: counts what goes through it, and can delay each direction."""
from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field


@dataclass
class Count:
    """What was seen of one connection."""
    sent: int = 0
    received: int = 0
    pieces: list[tuple[str, int]] = field(default_factory=list)
    left: bool = False

    def note(self, direction: str, size: int) -> None:
        self.pieces.append((direction, size))
        setattr(self, direction, getattr(self, direction) + size)

    def turns(self, taken: int) -> int:
        """How often the client had to wait for an answer; it took in so many bytes, and went."""
        turns, before, received = 0, "received", 0
        for direction, size in self.pieces:
            if direction == "received" and received < taken:
                turns += before == "sent"
            received += size if direction == "received" else 0
            before = direction
        return turns


class Relay:
    """Runs in a thread of its own. `delay` is for each direction, in seconds."""

    def __init__(self, port: int, delay: float = 0.0, listen: int = 0) -> None:
        self.target, self.delay, self.listen = port, delay, listen
        self.counts: list[Count] = []
        self.open = self.most_open = 0
        self.port = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Relay":
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_unused) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(lambda *_unused: None)  # cancelled at the end
        self._loop.run_until_complete(self._listen())
        self._loop.run_forever()
        self._server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.listen,
                                                  backlog=1024)
        self.port = self._server.sockets[0].getsockname()[1]
        self._ready.set()

    async def _serve(self, reader, writer) -> None:
        count = Count()
        self.counts.append(count)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
            await asyncio.gather(self._pass(reader, back, count, "sent"),
                                 self._pass(there, writer, count, "received"))
        except OSError:
            pass
        finally:
            self._leave(count)
            writer.close()

    def _leave(self, count: Count) -> None:
        self.open -= not count.left
        count.left = True

    async def _pass(self, reader, writer, count: Count, direction: str) -> None:
        """Each piece leaves `delay` after it came, whatever else is on its way."""
        queue: asyncio.Queue = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(max(0.0, due - self._loop.time()))
                if not data:
                    writer.close()
                    return
                writer.write(data)

        task = asyncio.ensure_future(deliver())
        try:
            while True:
                data = await reader.read(65536)
                if data:
                    count.note(direction, len(data))
                queue.put_nowait((self._loop.time() + self.delay, data))
                if not data:
                    break
            if direction == "sent":
                self._leave(count)
        except OSError:
            queue.put_nowait((self._loop.time(), b""))
        await task
