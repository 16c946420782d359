using Xunit;

namespace BatchXai.Conventions.Tests;

public sealed class ReferenceTests
{
    // Worker and Coordinator never see each other: they meet in Contracts and in the artifact format.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Attribution"] = ["Onnx", "TorchScript"],
        ["Contracts"] = [],
        ["Coordinator"] = ["Contracts", "Hosting", "Imaging", "Statistics", "Storage"],
        ["Hosting"] = ["Contracts"],
        ["Imaging"] = ["Contracts"],
        ["Onnx"] = [],
        ["Statistics"] = [],
        ["Storage"] = ["Contracts"],
        ["TorchScript"] = ["Onnx"],
        ["Worker"] = ["Attribution", "Contracts", "Hosting", "Imaging", "Storage"],
    };

    public static TheoryData<string> SourceProjects => [.. Repository.SourceProjects.Select(project => Path.GetRelativePath(Repository.Root, project))];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void Project_references_only_what_the_architecture_allows(string project)
    {
        var name = Repository.ShortName(project);
        var references = Repository.References(Path.Combine(Repository.Root, project));
        if (name == "Cli")
        {
            return; // The composition root: it may see everything.
        }

        Assert.True(Allowed.ContainsKey(name), $"{name} has no rule: add it to the architecture and to this test");
        Assert.Empty(references.Except(Allowed[name]));
    }

    [Fact]
    public void Source_never_references_tests() =>
        Assert.DoesNotContain(Repository.SourceProjects, project => File.ReadAllText(project).Contains("/tests/", StringComparison.Ordinal));

    [Theory]
    [InlineData("Coordinator")]
    [InlineData("Hosting")]
    [InlineData("Imaging")]
    [InlineData("Statistics")]
    [InlineData("Storage")]
    public void Libtorch_stays_out_of(string name)
    {
        // The lock file lists the whole closure, not only what the project names itself.
        var closure = File.ReadAllText(Path.Combine(Repository.Root, "src", $"BatchXai.{name}", "packages.lock.json"));
        Assert.DoesNotContain("torch", closure, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Database_stays_out_of_the_worker() =>
        Assert.DoesNotContain("EntityFrameworkCore", File.ReadAllText(Path.Combine(Repository.Root, "src", "BatchXai.Worker", "packages.lock.json")), StringComparison.Ordinal);

    [Fact]
    public void MassTransit_is_pinned_to_the_last_free_version()
    {
        var packages = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"));
        Assert.Contains("<PackageVersion Include=\"MassTransit\" Version=\"[8.5.12]\" />", packages, StringComparison.Ordinal);
    }

    [Fact]
    public void Solution_holds_every_project()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "BatchXai.sln")).Replace('\\', '/');
        var missing = Repository.SourceProjects.Concat(Repository.TestProjects)
            .Select(project => Path.GetRelativePath(Repository.Root, project))
            .Where(project => !solution.Contains(project, StringComparison.Ordinal));
        Assert.Empty(missing);
    }
}
