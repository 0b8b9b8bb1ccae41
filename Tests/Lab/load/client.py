#!/usr/bin/env python3
"""Asks a platform again and again as its learners do, and counts what is not answered.

client.py ADDRESS PEOPLE LEAST [reads]: so many people at once ask the server at ADDRESS, each over a connection that it
keeps, until the program gets SIGTERM and LEAST requests have been sent; with `reads`, none that writes. Failures go to
standard output as they come; the last line is the sum.
"""
import http.client
import itertools
import signal
import sys
import threading
import time

# What people ask for in turn: host, method, path, bytes of the body.
QUICK = [
    ("learn.example.edu", "GET", "/stand-in/slow/20", 0),
    ("learn.example.edu", "POST", "/stand-in/slow/50", 2000),
    ("apps.learn.example.edu", "GET", "/learning/", 0),
    ("apps.learn.example.edu", "GET", "/api/mfe_config/v1", 0),
]
# Those that a pod has in hand when it is told to go; every sixth person asks for nothing else.
SLOW = [("learn.example.edu", "POST", "/stand-in/slow/3000", 2000), ("learn.example.edu", "GET", "/stand-in/slow/1000", 0)]
# As a browser, which waits longer than the slowest answer takes.
PATIENCE = 60
STOP = threading.Event()
LOCK = threading.Lock()
SUMS = {"asked": 0, "failed": 0}
TOLD = threading.Event()


def ask(connection, host, method, path, size):
    """What became of one request: nothing, or why it failed."""
    try:
        connection.request(method, path, b"x" * size or None, {"Host": host})
        answer = connection.getresponse()
        answer.read()
        return None if answer.status == 200 else f"status {answer.status}"
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return f"{type(error).__name__}: {error}"


def person(address, turns, least):
    """Asks until it is told to stop."""
    connection = http.client.HTTPConnection(address, timeout=PATIENCE)
    for host, method, path, size in itertools.cycle(turns):
        if STOP.wait(0.02):
            return
        began = time.time()
        failure = ask(connection, host, method, path, size)
        with LOCK:
            SUMS["asked"] += 1
            if failure:
                SUMS["failed"] += 1
                clock = time.strftime("%H:%M:%S", time.gmtime(began))
                print(f"{clock} {method} {host}{path}: {failure} after {time.time() - began:.1f} s", flush=True)
            if TOLD.is_set() and SUMS["asked"] >= least:
                STOP.set()


def main():
    """Until it is told."""
    address, people, least = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGTERM, lambda *_: TOLD.set())
    quick, slow = ([turn for turn in turns if turn[1] == "GET" or "reads" not in sys.argv] for turns in (QUICK, SLOW))
    threads = [
        threading.Thread(target=person, args=(address, quick if number % 6 else slow, least)) for number in range(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{SUMS['asked']} requests, {SUMS['failed']} failed", flush=True)


main()
