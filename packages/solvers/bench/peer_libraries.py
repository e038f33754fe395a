"""The libraries' own solvers, on input in the form that each likes best: preparing it is not timed."""
import igraph
import maxflow
import numpy as np
from ortools.algorithms.python import knapsack_solver
from ortools.graph.python import max_flow
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csgraph, csr_array


class Library:
    def __init__(self, package, size, prepare, solve):
        self.package, self.size, self.prepare, self._solve = package, size, prepare, solve

    def __call__(self, instance):
        return self._solve(instance)


def assignment(n):
    def solve(cost):
        rows, columns = linear_sum_assignment(cost)
        return cost[rows, columns].sum()

    return Library("scipy", n * n, lambda theta: theta.reshape(n, n).astype(float), solve)


def spanning_tree(n):
    upper = np.triu_indices(n, 1)
    bound = 2.0**25

    def prepare(theta):
        return csr_array((bound - theta.astype(float), upper), shape=(n, n))

    return Library(
        "scipy", len(upper[0]), prepare, lambda costs: bound * (n - 1) - csgraph.minimum_spanning_tree(costs).sum()
    )


def grid_edges(n):
    cell = np.arange(n * n).reshape(n, n)
    pairs = []
    for a, b in ((cell[:, 1:], cell[:, :-1]), (cell[1:], cell[:-1]), (cell[1:, 1:], cell[:-1, :-1]), (cell[1:, :-1], cell[:-1, 1:])):
        pairs += [(a.ravel(), b.ravel()), (b.ravel(), a.ravel())]
    return np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])


def _dijkstra(size, n, tail, head, weigh, target):
    def solve(instance):
        costs, first = instance
        distance, before = csgraph.dijkstra(costs, indices=0, return_predecessors=True)
        path = [target]
        while path[-1] != 0:
            path.append(before[path[-1]])
        return distance[target] + first

    def prepare(theta):
        weights, first = weigh(theta)
        order = np.lexsort((weights, head, tail))  # of parallel edges, scipy would take the sum
        keep = np.ones(len(order), bool)
        keep[1:] = (np.diff(tail[order]) != 0) | (np.diff(head[order]) != 0)
        order = order[keep]
        return csr_array((weights[order], (tail[order], head[order])), shape=(n, n)), first

    return Library("scipy", size, prepare, solve)


def _igraph(size, n, tail, head, weigh, target):
    graph = igraph.Graph(n, list(zip(tail.tolist(), head.tolist())), directed=True)

    def solve(instance):
        weights, first = instance
        graph.es["weight"] = weights
        edges = graph.get_shortest_path(0, target, weights="weight", output="epath")
        return sum(weights[e] for e in edges) + first

    def prepare(theta):
        weights, first = weigh(theta)
        return weights.tolist(), first

    return Library("igraph", size, prepare, solve)


def _of_cells(n):
    tail, head = grid_edges(n)
    return n * n, n * n, tail, head, lambda theta: (theta[head].astype(float), float(theta[0])), n * n - 1


def _of_edges(n, edges):
    return len(edges) // 2, n, edges[0::2], edges[1::2], lambda theta: (theta.astype(float), 0.0), n - 1


def grid_path(n):
    return _dijkstra(*_of_cells(n))


def grid_igraph(n):
    return _igraph(*_of_cells(n))


def graph_path(n, edges):
    return _dijkstra(*_of_edges(n, edges))


def path_igraph(n, edges):
    return _igraph(*_of_edges(n, edges))


def knapsack(weights, capacity):
    kinds = knapsack_solver.SolverType

    def peer(kind):
        def solve(profits):
            solver = knapsack_solver.KnapsackSolver(kind, "")
            solver.init(profits, [weights.tolist()], [capacity])
            value = solver.solve()
            [solver.best_solution_contains(i) for i in range(len(profits))]
            return value

        return Library("ortools", len(weights), lambda theta: theta.astype(int).tolist(), solve)

    return [
        ("ortools B&B", peer(kinds.KNAPSACK_MULTIDIMENSION_BRANCH_AND_BOUND_SOLVER)),
        ("ortools D&C", peer(kinds.KNAPSACK_DIVIDE_AND_CONQUER_SOLVER)),
    ]


def cut(n, edges):
    tail, head = edges[0::2], edges[1::2]
    size, cells = len(tail), n * n

    def prepare_bk(theta):
        to_source, to_sink = theta[0 : 2 * cells : 2].reshape(n, n), theta[1 : 2 * cells : 2].reshape(n, n)
        across, back = theta[2 * cells : 2 * cells + 2 * n * (n - 1)].reshape(n, n - 1, 2), theta[2 * cells + 2 * n * (n - 1) :].reshape(n - 1, n, 2)
        right, left, down, up = np.zeros((4, n, n))
        right[:, :-1], left[:, 1:], down[:-1], up[1:] = across[..., 0], across[..., 1], back[..., 0], back[..., 1]
        return to_source, to_sink, right, left, down, up

    def solve_bk(instance):
        to_source, to_sink, *ways = instance
        graph = maxflow.GraphFloat(cells, 2 * cells)
        nodes = graph.add_grid_nodes((n, n))
        for weights, (r, c) in zip(ways, ((1, 2), (1, 0), (2, 1), (0, 1))):
            structure = np.zeros((3, 3))
            structure[r, c] = 1
            graph.add_grid_edges(nodes, weights, structure)
        graph.add_grid_tedges(nodes, to_source, to_sink)
        value = graph.maxflow()
        graph.get_grid_segments(nodes)
        return value

    def solve_ortools(capacities):
        solver = max_flow.SimpleMaxFlow()
        solver.add_arcs_with_capacity(tail, head, capacities)
        solver.solve(cells, cells + 1)
        solver.get_source_side_min_cut()
        return solver.optimal_flow()

    graph = igraph.Graph(cells + 2, list(zip(tail.tolist(), head.tolist())), directed=True)

    def solve_igraph(capacities):
        return graph.maxflow(cells, cells + 1, capacities).value

    return [
        ("PyMaxflow", Library("PyMaxflow", size, prepare_bk, solve_bk)),
        ("ortools", Library("ortools", size, lambda theta: theta.astype(np.int64), solve_ortools)),
        ("igraph", Library("igraph", size, lambda theta: theta.tolist(), solve_igraph)),
    ]
