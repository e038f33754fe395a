"""Times compiled peers and our solvers in turn, on the same instances, and prints a table with their ratio.

Needs numpy, scipy, numba, ortools, igraph, rustworkx and PyMaxflow, and our packages installed:
`python bench/peers.py [WORDS]`, from packages/solvers; WORDS picks the cases whose names hold one of them.
Both sides must find the same value in every instance. A time is one instance's, in processor time, so that other
programs disturb it little: the fastest of many rounds.
"""
import json, subprocess, sys, time
from importlib.metadata import version
import numpy as np
import peer_kernels as kernels
import peer_libraries as libraries


def numbers(seed, count, levels):
    x = (np.arange(count, dtype=np.uint64) + ((seed * 0x9E3779B9) & 0xFFFFFFFF)).astype(np.uint32)
    x = (x ^ (x >> 16)) * np.uint32(0x85EBCA6B)
    x = (x ^ (x >> 13)) * np.uint32(0xC2B2AE35)
    return (((x ^ (x >> 16)) >> 8) % levels + 1).astype(np.float32)


def picture(side):
    pixel = np.arange(side * side).reshape(side, side)
    pairs = lambda a, b: np.stack([a.ravel(), b.ravel(), b.ravel(), a.ravel()], 1)
    ends = np.stack([np.full(side * side, side * side), pixel.ravel(), pixel.ravel(), np.full(side * side, side * side + 1)], 1)
    return np.concatenate([e.ravel() for e in (ends, pairs(pixel[:, :-1], pixel[:, 1:]), pairs(pixel[:-1], pixel[1:]))])


def graph(vertices, edges, acyclic):
    a = numbers(5, edges, 2**24).astype(np.int64) % vertices
    b = (a + 1 + numbers(6, edges, 2**24).astype(np.int64) % (vertices - 1)) % vertices
    path = np.arange(vertices - 1)
    a, b = np.concatenate([path, a]), np.concatenate([path + 1, b])
    if acyclic:
        a, b = np.minimum(a, b), np.maximum(a, b)
    return np.stack([a, b], 1).ravel()


def cases():
    wide = 2**24 - 1
    for levels, label in ((wide, ""), (30, " (ties)")):
        for n in (30, 100, 300, 1000):
            options = dict(left=n, right=n, sense="minimise")
            yield "assignment" + label, n, "assignment", options, levels, [("scipy", libraries.assignment(n))]
    for length, labels in ((20, 10), (100, 20), (100, 100)):
        yield "chain", f"{length}x{labels}", "chain", dict(length=length, labels=labels), wide, [("numba", kernels.chain(length, labels))]
    for n in (10, 30, 100):
        yield "projective tree", n, "projectiveTree", dict(words=n), wide, [("numba", kernels.projective_tree(n))]
    for n in (30, 100, 300):
        peers = [("numba", kernels.spanning_tree(n)), ("scipy", libraries.spanning_tree(n))]
        yield "spanning tree", n, "spanningTree", dict(vertices=n), wide, peers
    for n in (12, 30, 100):
        peers = [("numba", kernels.grid_path(n)), ("scipy", libraries.grid_path(n)), ("igraph", libraries.grid_igraph(n))]
        yield "grid path", f"{n}x{n}", "gridPath", dict(height=n, width=n), wide, peers
    for n in (100, 1000, 10000):
        edges = graph(n, 5 * n, False)
        options = dict(vertices=n, edges=edges.tolist(), **{"from": 0, "to": n - 1})
        peers = [("scipy", libraries.graph_path(n, edges)), ("igraph", libraries.path_igraph(n, edges))]
        yield "graph path", n, "graphPath", options, wide, peers
    for n in (100, 1000, 10000):
        edges = graph(n, 5 * n, True)
        options = dict(vertices=n, edges=edges.tolist(), acyclic=True, **{"from": 0, "to": n - 1})
        yield "DAG path", n, "graphPath", options, wide, [("numba", kernels.dag_path(n, edges))]
    for levels, label in ((wide, ""), (100, " (ties)")):
        for n in (30, 100, 300, 1000):
            weights = numbers(3, n, 1000).astype(np.int64)
            capacity = int(weights.sum() // 2)
            options = dict(weights=weights.tolist(), capacity=capacity)
            yield "knapsack" + label, n, "knapsack", options, levels, libraries.knapsack(weights, capacity)
    for n in (30, 100, 300):
        edges = picture(n)
        options = dict(vertices=n * n + 2, edges=edges.tolist(), source=n * n, sink=n * n + 1)
        yield "grid cut", f"{n}x{n}", "minCut", options, 1000, libraries.cut(n, edges)
    for n in (8, 11, 13):
        yield "Held-Karp", n, "travellingSalesman", dict(vertices=n), wide, [("numba", kernels.held_karp(n))]


ours = subprocess.Popen(
    ["node", "--conditions=@aimle/source", "--import", "tsx", "bench/peers.ts"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
)


def ask(request):
    ours.stdin.write(json.dumps(request) + "\n")
    ours.stdin.flush()
    return json.loads(ours.stdout.readline())


def fastest(peer, instances):
    times, end = [], time.perf_counter() + 0.4
    while not times or time.perf_counter() < end:
        start = time.process_time()
        values = [peer(theta) for theta in instances]
        times.append((time.process_time() - start) * 1000 / len(instances))
    return min(times), values


words = sys.argv[1:]
print(f"{'case':18}{'size':>8}  {'peer':24}{'peer ms':>10}{'ours ms':>10}{'ratio':>7}")
for case, size, name, options, levels, peers in cases():
    if words and not any(word in case for word in words):
        continue
    # Many instances, or the processor learns the branches of a few by heart.
    rows = max(3, min(64, 400_000 // peers[0][1].size))
    request = dict(name=name, options=options, seed=1, rows=rows, levels=levels)
    first = ask(request)
    for peer, solve in peers:
        theta = numbers(1, rows * solve.size, levels).reshape(rows, -1)
        instances = [solve.prepare(row) for row in theta]
        [solve(each) for each in instances]  # compiles
        rounds = [(fastest(solve, instances), ask(request)) for _ in range(3)]
        theirs = min(times for (times, _), _ in rounds)
        mine = min([first["ms"]] + [answer["ms"] for _, answer in rounds])
        values = rounds[0][0][1]
        assert np.allclose(values, first["values"], rtol=1e-12), (case, size, peer, values, first["values"])
        label = f"{peer} {version(solve.package)}"
        print(f"{case:18}{size!s:>8}  {label:24}{theirs:10.4f}{mine:10.4f}{theirs / mine:7.2f}", flush=True)
