using System.Text;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

public sealed class JsonTests
{
    private static readonly AuditPlan Plan = new()
    {
        AuditId = Guid.NewGuid(),
        Request = new() { Model = new() { Path = "m.onnx" }, Dataset = new() { Path = "data" }, Targets = TargetChoice.Both, Seed = 7 },
        Model = new()
        {
            Hash = "abc",
            Opset = 17,
            Operators = [new OperatorCount("Conv", 3)],
            Input = "input",
            Channels = 3,
            Height = 224,
            Width = 192,
            Scores = "logits",
            ScoreKind = ScoreKind.BinarySigmoid,
            Classes = 2,
            Layer = new("clip", "Relu", 8, 7, 6),
            CandidateLayers = [],
            LinearHead = true,
        },
        ImageRoot = "images",
        OutputNames = ["cat", "dog"],
        Items = 5,
        DatasetHash = "def",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ManifestLines_StrangeItems_ComeBack()
    {
        DatasetItem[] items =
        [
            new() { Index = 0, Id = "a", Path = "a" },
            new()
            {
                Index = long.MaxValue, Id = "it's, \"so\"\r\nnew/🦩\u2028.jpg", Path = "p", Label = "</script>", Outputs = [1, 2], Split = "val", Mask = "m.png",
                Boxes = [new(0, .5, 1e9, 2)], Group = "g", Metadata = new Dictionary<string, string> { [""] = "", ["K é"] = "v" },
            },
            new() { Index = 2, Id = "c", Path = "c", Label = "x", Outputs = [] },
        ];
        using var stream = new MemoryStream();
        await ManifestLines.WriteAsync(stream, items, Ct);

        var lines = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Equal(3, lines.Count(c => c == '\n'));
        Assert.StartsWith("{\"index\":0,\"id\":\"a\",\"path\":\"a\",\"split\":\"all\"}\n", lines, StringComparison.Ordinal);
        stream.Position = 0;
        var read = await ManifestLines.ReadAsync(stream, Ct).ToListAsync(Ct);
        Assert.Equivalent(items, read, strict: true);
        Assert.Null(read[0].Outputs);
    }

    [Theory]
    [InlineData("{\"index\":0,\"id\":\"a\"}")]
    [InlineData("{\"index\":0,\"id\":\"a\",\"path\":\"a\"}\n{\"index\":")]
    [InlineData("null")]
    public async Task ManifestLines_Damaged_SaysSo(string lines) =>
        await Assert.ThrowsAsync<InvalidDataException>(async () => await ManifestLines.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), Ct).ToListAsync(Ct));

    [Fact]
    public async Task AuditManifest_OfAPlan_ComesBackFromABlob()
    {
        using var folder = new TemporaryFolder();
        var store = new FolderBlobStore(folder.Path);
        var manifest = AuditManifest.Of(Plan, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), "cpu", new Dictionary<string, string> { ["batchxai"] = "1" });
        await store.WriteJsonAsync(ArtifactAddresses.AuditManifest(Plan.AuditId), manifest, Ct);

        var read = await store.ReadJsonAsync<AuditManifest>(ArtifactAddresses.AuditManifest(Plan.AuditId), Ct);

        Assert.Equivalent(manifest, read, strict: true);
        Assert.Equal(("abc", "def", 192, 224, 7, "clip", TimeSpan.Zero), (read.ModelHash, read.DatasetHash, read.InputWidth, read.InputHeight, read.Seed, read.Layer!.Tensor, read.CreatedAt.Offset));
    }

    [Fact]
    public void Options_Plan_CamelCaseThroughout()
    {
        var json = JsonSerializer.Serialize(Plan, StorageJson.Options);

        Assert.Contains("\"targets\":\"both\"", json, StringComparison.Ordinal);
        Assert.Contains("\"scoreKind\":\"binarySigmoid\"", json, StringComparison.Ordinal);
        Assert.Equivalent(Plan, StorageJson.Parse<AuditPlan>(Encoding.UTF8.GetBytes(json), "plan"), strict: true);
    }

    [Theory]
    [InlineData("{\"model\":{\"path\":\"m\"},\"dataset\":{\"path\":\"d\"},\"metods\":[]}", "metods")]
    [InlineData("{\"model\":{\"path\":\"m\"},\"dataset\":{\"path\":\"d\"},\"targets\":1}", "targets")]
    [InlineData("{\"model\":{\"path\":\"m\"},\"dataset\":{\"path\":\"d\"},\"targets\":\"everything\"}", "targets")]
    [InlineData("{\"model\":{\"path\":\"m\"}}", "dataset")]
    [InlineData("{\"model\":{\"path\":null},\"dataset\":{\"path\":\"d\"}}", "path")]
    [InlineData("{\"seed\":1,\"seed\":2,\"model\":{\"path\":\"m\"},\"dataset\":{\"path\":\"d\"}}", "seed")]
    [InlineData("nul", "request.json")]
    public void Parse_BadRequest_NamesTheMember(string json, string named)
    {
        var error = Assert.Throws<UserErrorException>(() => StorageJson.Parse<AuditRequest>(Encoding.UTF8.GetBytes(json), "request.json"));

        Assert.Contains(named, error.Message, StringComparison.OrdinalIgnoreCase);
    }
}
