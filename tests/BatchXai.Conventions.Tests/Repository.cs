using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace BatchXai.Conventions.Tests;

/// <summary>The checkout, read as text.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> SourceProjects { get; } = Projects("src");

    public static IReadOnlyList<string> TestProjects { get; } = Projects("tests");

    /// <summary>Hand-written C# files of a folder.</summary>
    public static IEnumerable<string> CSharpFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "Migrations"));

    /// <summary>Short names ("Onnx") of the projects that a project references.</summary>
    public static IReadOnlySet<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference").Select(reference => ShortName(reference.Attribute("Include")!.Value)).ToHashSet();

    public static string ShortName(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'))["BatchXai.".Length..];

    private static string[] Projects(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>From this file upwards: build output may lie anywhere, the source lies in the checkout.</summary>
    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = new FileInfo(thisFile).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BatchXai.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("BatchXai.sln is not above the source of the tests; build them from a checkout.");
    }
}
