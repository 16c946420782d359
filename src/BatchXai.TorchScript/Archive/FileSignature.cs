namespace BatchXai.TorchScript.Archive;

/// <summary>Tells by the first bytes what a file is that is no zip archive.</summary>
internal static class FileSignature
{
    private static ReadOnlySpan<byte> Zip => "PK\x03\x04"u8;

    // The number 0x1950a86a20f9469cfc6c in a pickle of protocol 2: what torch.save wrote before 1.6.
    private static ReadOnlySpan<byte> Legacy => [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    internal static void Check(FileStream file, string path)
    {
        Span<byte> head = stackalloc byte[16];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (head[..read].StartsWith(Legacy))
        {
            throw new ScriptModelException(ScriptProblem.LegacyPickle, $"{path} was written by torch.save before PyTorch 1.6: pickled Python objects without code. {Advice.Export}");
        }

        if (!head[..read].StartsWith(Zip))
        {
            throw new ScriptModelException(ScriptProblem.NotAnArchive, $"{path} is not a TorchScript archive: expected a zip file as torch.jit.save writes it. {Advice.Export}");
        }
    }
}
