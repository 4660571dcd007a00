"""N processes that each draw an exponential pause and wait for it, as SimPy runs them. Prints nanoseconds an event."""

import random
import sys
import time

import simpy

count, operations = int(sys.argv[1]), int(sys.argv[2])
draw = random.Random(1).expovariate
acted = 0


def process(env):
    global acted
    while True:
        yield env.timeout(draw(1.0))
        acted += 1


env = simpy.Environment()
for _ in range(count):
    env.process(process(env))
env.run(until=0.1)
acted = 0
began = time.perf_counter_ns()
env.run(until=0.1 + operations / count)
print((time.perf_counter_ns() - began) / acted)
