"""Our problems as plain loops that numba compiles: what one thread of machine code needs. Each marks its answer in z."""
import numba
import numpy as np


class Kernel:
    package = "numba"

    def __init__(self, size, run):
        self.size = size
        self.prepare = lambda theta: (theta.copy(), np.zeros(size, np.float32))
        self._run = run

    def __call__(self, instance):
        return self._run(*instance)


def chain(length, labels):
    @numba.njit
    def run(theta, z):
        z[:] = 0
        after, here = np.zeros(labels), np.zeros(labels)
        follower = np.zeros((length, labels), np.int32)
        for t in range(length - 1, -1, -1):
            for a in range(labels):
                best = 0.0
                if t < length - 1:
                    best = -np.inf
                    at = length * labels + (t * labels + a) * labels
                    for b in range(labels):
                        value = theta[at + b] + after[b]
                        if value > best:
                            best = value
                            follower[t, a] = b
                here[a] = theta[t * labels + a] + best
            here, after = after, here
        label = np.argmax(after)
        value = after[label]
        for t in range(length):
            z[t * labels + label] = 1
            if t < length - 1:
                at = length * labels + (t * labels + label) * labels
                label = follower[t, label]
                z[at + label] = 1
        return value

    return Kernel(length * labels + (length - 1) * labels * labels, run)


def projective_tree(words):
    n = words + 1

    @numba.njit
    def run(theta, z):
        z[:] = 0
        score = np.zeros((n, n))
        at = 0
        for h in range(n):
            for m in range(1, n):
                if m != h:
                    score[h, m] = theta[at]
                    at += 1
        arc, span, span_to = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
        split, outer = np.zeros((n, n), np.int32), np.zeros((n, n), np.int32)
        for right in range(2, n):
            for left in range(right - 1, 0, -1):
                best = -np.inf
                for k in range(left, right):
                    value = span[left, k] + span[right, k + 1]
                    if value > best:
                        best, split[left, right] = value, k
                arc[left, right] = best + score[left, right]
                arc[right, left] = best + score[right, left]
                best = -np.inf
                for m in range(left + 1, right + 1):
                    value = arc[left, m] + span_to[right, m]
                    if value > best:
                        best, outer[left, right] = value, m
                span[left, right] = span_to[right, left] = best
                best = -np.inf
                for m in range(left, right):
                    value = arc[right, m] + span_to[left, m]
                    if value > best:
                        best, outer[right, left] = value, m
                span[right, left] = span_to[left, right] = best
        best, root = -np.inf, 1
        for word in range(1, n):
            value = score[0, word] + span[word, 1] + span[word, words]
            if value > best:
                best, root = value, word
        z[root - 1] = 1
        stack = [(root, 1), (root, words)]
        while len(stack) > 0:
            h, e = stack.pop()
            if h != e:
                m = outer[h, e]
                k = split[min(h, m), max(h, m)]
                z[words + (h - 1) * (words - 1) + m - (2 if m > h else 1)] = 1
                stack.append((m, e))
                stack.append((m, k + 1 if m > h else k))
                stack.append((h, k if m > h else k + 1))
        return best

    return Kernel(words * words, run)


def spanning_tree(vertices):
    @numba.njit
    def run(theta, z):
        z[:] = 0
        link = np.full(vertices, -np.inf)
        by = np.zeros(vertices, np.int32)
        outside = np.arange(1, vertices)
        newcomer, total = 0, 0.0
        for left in range(vertices - 1, 0, -1):
            best, at = -np.inf, 0
            for i in range(left):
                v = outside[i]
                low, high = min(v, newcomer), max(v, newcomer)
                edge = low * (2 * vertices - low - 1) // 2 + high - low - 1
                if theta[edge] > link[v]:
                    link[v] = theta[edge]
                    by[v] = edge
                if link[v] > best:
                    best, at = link[v], i
            newcomer = outside[at]
            outside[at] = outside[left - 1]
            total += best
            z[by[newcomer]] = 1
        return total

    return Kernel(vertices * (vertices - 1) // 2, run)


def grid_path(n):
    """Dijkstra's algorithm on a binary heap of (cost, cell)."""
    import heapq

    @numba.njit
    def run(theta, z):
        z[:] = 0
        cost = np.full(n * n, np.inf)
        cost[n * n - 1] = theta[n * n - 1]
        before = np.zeros(n * n, np.int32)
        heap = [(cost[n * n - 1], n * n - 1)]
        while len(heap) > 0:
            left, cell = heapq.heappop(heap)
            if cell == 0:
                break
            if left > cost[cell]:
                continue
            r, c = cell // n, cell % n
            for i in range(max(r - 1, 0), min(r + 2, n)):
                for j in range(max(c - 1, 0), min(c + 2, n)):
                    offer = left + theta[i * n + j]
                    if offer < cost[i * n + j]:
                        cost[i * n + j] = offer
                        before[i * n + j] = cell
                        heapq.heappush(heap, (offer, i * n + j))
        cell = 0
        while cell != n * n - 1:
            z[cell] = 1
            cell = before[cell]
        z[cell] = 1
        return cost[0]

    return Kernel(n * n, run)


def dag_path(vertices, edges):
    """The vertices are already in topological order, and the edges sorted here, which our solver may not assume."""
    tail, head = edges[0::2], edges[1::2]
    by_tail = np.argsort(tail, kind="stable").astype(np.int32)
    first = np.searchsorted(tail[by_tail], np.arange(vertices + 1)).astype(np.int32)
    to = head[by_tail].astype(np.int32)

    @numba.njit
    def run(theta, z):
        z[:] = 0
        cost = np.full(vertices, np.inf)
        by = np.zeros(vertices, np.int32)
        cost[vertices - 1] = 0
        for v in range(vertices - 2, -1, -1):
            for i in range(first[v], first[v + 1]):
                offer = theta[by_tail[i]] + cost[to[i]]
                if offer < cost[v]:
                    cost[v] = offer
                    by[v] = i
        v = 0
        while v < vertices - 1:
            z[by_tail[by[v]]] = 1
            v = to[by[v]]
        return cost[0]

    return Kernel(len(edges) // 2, run)


def held_karp(vertices):
    others = vertices - 1

    @numba.njit
    def run(theta, z):
        z[:] = 0
        d = np.zeros((vertices, vertices))
        index = np.zeros((vertices, vertices), np.int32)
        e = 0
        for i in range(vertices):
            for j in range(i + 1, vertices):
                d[i, j] = d[j, i] = theta[e]
                index[i, j] = index[j, i] = e
                e += 1
        cost = np.full((1 << others, others), np.inf)
        before = np.zeros((1 << others, others), np.int8)
        for last in range(others):
            cost[1 << last, last] = d[0, last + 1]
        for members in range(1, 1 << others):
            for last in range(others):
                rest = members & ~(1 << last)
                if rest != members and rest != 0:
                    best = np.inf
                    for k in range(others):
                        if rest >> k & 1:
                            offer = cost[rest, k] + d[k + 1, last + 1]
                            if offer < best:
                                best, before[members, last] = offer, k
                    cost[members, last] = best
        members, last, best = (1 << others) - 1, 0, np.inf
        for k in range(others):
            if cost[members, k] + d[k + 1, 0] < best:
                best, last = cost[members, k] + d[k + 1, 0], k
        z[index[last + 1, 0]] = 1
        while members != 1 << last:
            k = before[members, last]
            z[index[last + 1, k + 1]] = 1
            members &= ~(1 << last)
            last = k
        z[index[last + 1, 0]] = 1
        return best

    return Kernel(vertices * (vertices - 1) // 2, run)
