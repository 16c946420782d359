using System.Text.RegularExpressions;
using Xunit;

namespace BatchXai.Conventions.Tests;

public sealed partial class ImageTests
{
    public static TheoryData<string> Programs => ["Coordinator", "Worker"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Packages_of_an_image_are_restored_from_exactly_its_projects(string program)
    {
        var dockerfile = File.ReadAllText(Path.Combine(Repository.Root, "src", $"BatchXai.{program}", "Dockerfile"));
        var copied = ProjectCopy().Matches(dockerfile).Select(match => match.Groups[1].Value);
        Assert.Equal(Closure(program).Order(StringComparer.Ordinal), copied.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void An_image_does_not_run_as_root(string program) => Assert.Contains(
        "\nUSER 1654:1654\n", File.ReadAllText(Path.Combine(Repository.Root, "src", $"BatchXai.{program}", "Dockerfile")), StringComparison.Ordinal);

    [Fact]
    public void The_stack_listens_on_this_machine_only()
    {
        var ports = File.ReadLines(Path.Combine(Repository.Root, "docker-compose.yml")).Where(line => line.TrimStart().StartsWith("ports:", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(ports);
        Assert.All(ports, line => Assert.Matches(@"^ +ports: \[""127\.0\.0\.1:\$\{[A-Z_]+:-\d+\}:\d+""\]$", line));
    }

    [Fact]
    public void Every_setting_of_the_stack_is_explained()
    {
        var used = Variable().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"))).Select(match => match.Groups[1].Value).Distinct();
        var explained = File.ReadLines(Path.Combine(Repository.Root, ".env.example")).Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#').Select(line => line.Split('=')[0]);
        Assert.Equal(explained.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    private static HashSet<string> Closure(string program)
    {
        var all = new HashSet<string>();
        var open = new Queue<string>([program]);
        while (open.TryDequeue(out var project))
        {
            if (all.Add(project))
            {
                foreach (var reference in Repository.References(Path.Combine(Repository.Root, "src", $"BatchXai.{project}", $"BatchXai.{project}.csproj")))
                {
                    open.Enqueue(reference);
                }
            }
        }

        return all;
    }

    [GeneratedRegex(@"^COPY src/BatchXai\.(\w+)/BatchXai\.\1\.csproj src/BatchXai\.\1/packages\.lock\.json src/BatchXai\.\1/$", RegexOptions.Multiline)]
    private static partial Regex ProjectCopy();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();
}
