using BatchXai.Statistics.Clusters;
using Xunit;

namespace BatchXai.Statistics.Tests.Clusters;

/// <summary>Spectra of normalised Laplacians in closed form: Chung 1997, Spectral Graph Theory, §1.2.</summary>
public sealed class LaplacianSpectrumTests
{
    private const int Nodes = 100;

    [Fact]
    public void Path_of_n_nodes_has_1_minus_cos_of_pi_k_over_n_minus_1() =>
        AssertSpectrum(Edges(Nodes - 1, i => (i, i + 1)), k => 1 - Math.Cos(Math.PI * k / (Nodes - 1)));

    [Fact]
    public void Ring_of_n_nodes_has_1_minus_cos_of_2_pi_k_over_n_in_pairs() =>
        AssertSpectrum(Edges(Nodes, i => (i, (i + 1) % Nodes)), k => 1 - Math.Cos(2 * Math.PI * ((k + 1) / 2) / Nodes));

    [Fact]
    public void Complete_graph_has_0_and_n_over_n_minus_1() =>
        AssertSpectrum([.. from i in Enumerable.Range(0, Nodes) from j in Enumerable.Range(0, i) select (i, j, 1.0)], k => k == 0 ? 0 : Nodes / (Nodes - 1.0));

    [Fact]
    public void Every_part_without_a_way_to_the_others_adds_a_0()
    {
        const int Parts = 5, Size = Nodes / Parts;
        List<(int, int, double)> edges = [.. from i in Enumerable.Range(0, Nodes) from j in Enumerable.Range(0, i) where i / Size == j / Size select (i, j, 2.5)];

        AssertSpectrum(edges, k => k < Parts ? 0 : Size / (Size - 1.0));
    }

    [Fact]
    public void Weights_count_and_edges_named_twice_add_up()
    {
        // Two pairs joined to a ring: 1 within a pair, ¼ from pair to pair. By symmetry the eigenvalues are 1 ∓ (1 ∓ ¼)/1¼.
        var graph = new NeighbourGraph(4, [(0, 1, .5), (1, 0, .5), (2, 3, 1), (1, 2, .25), (3, 0, .25)]);

        var (values, vectors) = LaplacianSpectrum.Smallest(graph, 4, new SplitMix64(1));

        Assert.Equal([0, .4, 1.6, 2], values.Select(value => Math.Round(value, 9)));
        Assert.Equal([1, 1, -1, -1], vectors.Select(row => Math.Round(2 * row[1] * Math.Sign(vectors[0][1]), 9)));
    }

    [Fact]
    public void Vectors_are_orthonormal_eigenvectors()
    {
        var graph = new NeighbourGraph(Nodes, Edges(Nodes, i => (i, (i + 1) % Nodes)));
        var (values, vectors) = LaplacianSpectrum.Smallest(graph, 5, new SplitMix64(3));
        var image = new double[5 * Nodes];
        graph.Laplacian([.. vectors.SelectMany(row => row)], 5, image);

        for (var i = 0; i < 5; i++)
        {
            Assert.All(Enumerable.Range(0, Nodes), node => Assert.Equal(values[i] * vectors[node][i], image[(5 * node) + i], 1e-6));
            Assert.All(Enumerable.Range(0, 5), j => Assert.Equal(i == j ? 1 : 0, vectors.Sum(row => row[i] * row[j]), 1e-9));
        }
    }

    private static List<(int, int, double)> Edges(int count, Func<int, (int, int)> edge) => [.. Enumerable.Range(0, count).Select(i => (edge(i).Item1, edge(i).Item2, 1.0))];

    private static void AssertSpectrum(List<(int, int, double)> edges, Func<int, double> expected)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var (values, _) = LaplacianSpectrum.Smallest(new NeighbourGraph(Nodes, edges), 9, new SplitMix64(seed));
            Assert.All(values.Select((value, k) => (value, k)), entry => Assert.Equal(expected(entry.k), entry.value, 1e-9));
        }
    }
}
