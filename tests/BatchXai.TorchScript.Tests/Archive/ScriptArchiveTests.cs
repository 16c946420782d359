using System.IO.Compression;
using BatchXai.TorchScript.Archive;
using BatchXai.TorchScript.Tests.Building;
using Xunit;

namespace BatchXai.TorchScript.Tests.Archive;

public sealed class ScriptArchiveTests : IDisposable
{
    private static readonly (string, byte[]) Pickle = ("net/data.pkl", [0x80, 0x02, .. "c__torch__.net\nNet\n)."u8]);
    private static readonly (string, byte[]) Code = ("net/code/__torch__/net.py", "class Net(Module):\n"u8.ToArray());

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reads_folder_class_and_code()
    {
        var archive = ScriptArchive.Open(folder.Add("net.pt", TinyScript.Traced()));
        Assert.Equal(("net/", "__torch__.net.Net"), (archive.Root, archive.RootClass));
        Assert.Equal(["__torch__/net.py"], archive.Code.Keys);
    }

    [Theory]
    [InlineData("traced.pt")]
    [InlineData("frozen.pt")]
    [InlineData("scripted.pt")]
    public void Reads_what_pytorch_wrote(string sample)
    {
        var archive = ScriptArchive.Open(Sample.Path(sample));
        Assert.Matches(@"^__torch__\..*Net$", archive.RootClass);
        Assert.Contains(archive.Code.Values, text => text.Contains("class Net(Module):", StringComparison.Ordinal));
    }

    [Fact]
    public void Tells_a_state_dict_of_pytorch() => Refuses(ScriptProblem.StateDict, "a state dict has no architecture", File.ReadAllBytes(Sample.Path("state.pth")));

    [Fact]
    public void Tells_an_exported_program() => Refuses(ScriptProblem.ExportedProgram, "torch.export", Zip([("model/archive_format", "pt2"u8.ToArray()), ("model/models/model.json", [])]));

    [Fact]
    public void Tells_a_legacy_pickle() => Refuses(ScriptProblem.LegacyPickle, "before PyTorch 1.6", [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E, 0x80, 0x02]);

    [Fact]
    public void Tells_another_file() => Refuses(ScriptProblem.NotAnArchive, "not a TorchScript archive", "\b\u0007\u0012\u0007pytorch"u8.ToArray());

    [Fact]
    public void Tells_an_empty_file() => Refuses(ScriptProblem.NotAnArchive, "not a TorchScript archive", []);

    [Fact]
    public void Tells_another_zip_file() => Refuses(ScriptProblem.NotAnArchive, "not of PyTorch", Zip([("word/document.xml", [1])]));

    [Fact]
    public void Tells_torch_1_3() => Refuses(ScriptProblem.NotAnArchive, "before PyTorch 1.4", Zip([("net/model.json", [1])]));

    [Theory]
    [InlineData(.3)]
    [InlineData(.9)]
    [InlineData(.999)]
    public void Tells_a_truncated_file(double part)
    {
        var whole = TinyScript.Traced();
        Refuses(ScriptProblem.NotAnArchive, "damaged", whole[..(int)(part * whole.Length)]);
    }

    [Fact]
    public void Tells_a_pickle_of_something_else() =>
        Refuses(ScriptProblem.NotAnArchive, "does not begin with a TorchScript module", Zip([("net/data.pkl", [0x80, 0x02, .. "cposix\nsystem\n)."u8]), Code]));

    [Theory]
    [InlineData("net/../../etc/cron.d/x")]
    [InlineData("/etc/passwd")]
    [InlineData("net\\code\\x.py")]
    [InlineData("net/a\u0001b")]
    public void Refuses_names_that_lead_elsewhere(string name) => Refuses(ScriptProblem.UnsafeArchive, "leads elsewhere", Zip([Pickle, Code, (name, [1])]));

    [Fact]
    public void Refuses_two_entries_of_one_name() => Refuses(ScriptProblem.UnsafeArchive, "two entries 'net/data.pkl'", Zip([Pickle, Code, Pickle]));

    [Fact]
    public void Refuses_a_zip_bomb() =>
        Refuses(ScriptProblem.UnsafeArchive, "unpacks", ArchiveBuilder.Zip([Pickle, Code, ("net/data/0", new byte[1 << 20])], CompressionLevel.SmallestSize));

    [Fact]
    public void Refuses_entries_that_overlap()
    {
        var bytes = Zip([Pickle, Code, ("net/data/0", new byte[100])]);
        // The last entry of the directory: packed and whole size stand 20 and 24 bytes behind its mark.
        var entry = bytes.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.GetBytes(1 << 20).CopyTo(bytes, entry + 20);
        BitConverter.GetBytes(1 << 20).CopyTo(bytes, entry + 24);
        Refuses(ScriptProblem.UnsafeArchive, "overlap", bytes);
    }

    [Fact]
    public void Refuses_more_entries_than_allowed() => Refuses(ScriptProblem.UnsafeArchive, "entries, and 3 is the limit", TinyScript.Traced(), new ArchiveLimits { Entries = 3 });

    [Fact]
    public void Refuses_more_bytes_than_allowed() => Refuses(ScriptProblem.UnsafeArchive, "is the limit", TinyScript.Traced(), new ArchiveLimits { Bytes = 1000 });

    [Fact]
    public void Refuses_more_code_than_allowed() => Refuses(ScriptProblem.UnsafeArchive, "code is longer", TinyScript.Traced(), new ArchiveLimits { CodeBytes = 500 });

    [Fact]
    public void A_copy_holds_the_same_weights_and_other_code()
    {
        var archive = ScriptArchive.Open(Sample.Path("traced.pt"));
        ArchiveWriter.Write(archive, new Dictionary<string, string> { ["__torch__/other.py"] = "class Other(Module):\n" }, folder["copy.pt"]);
        using var before = ZipFile.OpenRead(archive.Path);
        using var after = ZipFile.OpenRead(folder["copy.pt"]);
        foreach (var entry in before.Entries.Where(entry => !entry.FullName.Contains("/code/", StringComparison.Ordinal)))
        {
            Assert.Equal(entry.Crc32, after.GetEntry(entry.FullName)!.Crc32);
        }

        Assert.Equal([archive.Root + "code/__torch__/other.py"], after.Entries.Select(entry => entry.FullName).Where(name => name.Contains("/code/", StringComparison.Ordinal)));
    }

    private static byte[] Zip(IEnumerable<(string, byte[])> entries) => ArchiveBuilder.Zip(entries);

    private void Refuses(ScriptProblem problem, string text, byte[] bytes, ArchiveLimits? limits = null)
    {
        var path = folder.Add("model.pt", bytes);
        var refusal = Assert.Throws<ScriptModelException>(() => ScriptArchive.Open(path, limits));
        Assert.Equal(problem, refusal.Problem);
        Assert.Contains(text, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
    }
}
