using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Utilities;

/// <summary>Says whether this machine's libstdc++ lacks the version that TorchSharp's native library asks for.</summary>
public sealed class DetectGlibcxx : Task
{
    private static readonly string[] Folders = { "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib" };

    public bool Lacking { get; set; }

    public override bool Execute()
    {
        var library = Folders.Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists);
        // Where no libstdc++ is found, the mended library is the safer guess: it loads with old and new versions alike.
        Lacking = library == null || Encoding.ASCII.GetString(File.ReadAllBytes(library)).IndexOf("GLIBCXX_3.4.32\0", StringComparison.Ordinal) < 0;
        return true;
    }
}
