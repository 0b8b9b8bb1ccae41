"""relay.py PORT TARGET-PORT SECONDS FILE: hands each connection on to the same address at another port.

Each direction is late by SECONDS. When a connection ends, the bytes that it carried in both directions go into FILE.
"""

import asyncio
import sys

port, target, late, counts = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]


async def carry(reader, writer):
    """Carries one direction; returns how many bytes it was."""
    loop, queue, total = asyncio.get_running_loop(), asyncio.Queue(), 0

    async def deliver():
        while True:
            due, data = await queue.get()
            await asyncio.sleep(due - loop.time())
            if not data:
                break
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

    delivery = asyncio.create_task(deliver())
    try:
        while data := await reader.read(65536):
            total += len(data)
            queue.put_nowait((loop.time() + late, data))
    except OSError:
        pass
    queue.put_nowait((loop.time() + late, b""))
    await asyncio.gather(delivery, return_exceptions=True)
    return total


async def serve(reader, writer):
    host = writer.get_extra_info("sockname")[0]
    there_reader, there_writer = await asyncio.open_connection(host, target)
    totals = await asyncio.gather(carry(reader, there_writer), carry(there_reader, writer))
    for one in (writer, there_writer):
        one.close()
    with open(counts, "a") as file:
        file.write(f"{sum(totals)}\n")


async def main():
    server = await asyncio.start_server(serve, "0.0.0.0", port, backlog=1024)
    async with server:
        await server.serve_forever()


asyncio.run(main())
