using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Xunit;

namespace BatchXai.Conventions.Tests;

public sealed partial class ImageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_trial_fills_every_secret_in_and_changes_none_that_is_there()
    {
        var root = Directory.CreateTempSubdirectory("batchxai-try-");
        foreach (var file in new[] { "infra/compose/try.sh", ".env.example" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root.FullName, file))!);
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(root.FullName, file));
        }

        // Docker answers, but starts nothing: the script ends there, with its settings written.
        var docker = Path.Combine(root.CreateSubdirectory("bin").FullName, "docker");
        await File.WriteAllTextAsync(docker, "#!/bin/sh\nfor word; do if [ \"$word\" = up ]; then exit 9; fi; done\n", Ct);
        File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal(9, await TryAsync(root));
        var settings = Path.Combine(root.FullName, ".env");
        var first = await File.ReadAllLinesAsync(settings, Ct);
        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(root.FullName, ".env.example"), Ct), first.Select(line => Secret().Replace(line, "$1")));
        Assert.Equal(6, first.Count(line => Secret().IsMatch(line)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(settings));

        Assert.Equal(9, await TryAsync(root));
        Assert.Equal(first, await File.ReadAllLinesAsync(settings, Ct));

        // Of a version before, without what is new, and without an end of its last line.
        string[] older = ["POSTGRES_PASSWORD=kept", "RABBITMQ_PASSWORD=kept", "BLOB_KEY=kept", "PORT=81"];
        await File.WriteAllTextAsync(settings, string.Join('\n', older), Ct);
        Assert.Equal(9, await TryAsync(root));
        var filled = await File.ReadAllLinesAsync(settings, Ct);
        Assert.Equal(older, filled[..older.Length]);
        Assert.Equal(3, filled.Count(line => Secret().IsMatch(line)));
        Assert.Equal(first.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal), filled.Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal));
        root.Delete(recursive: true);
    }

    private static async Task<int> TryAsync(DirectoryInfo root)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(root.FullName, "infra/compose/try.sh"), root.FullName]) { RedirectStandardError = true };
        start.Environment["PATH"] = $"{Path.Combine(root.FullName, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var script = Process.Start(start)!;
        await script.StandardError.ReadToEndAsync(Ct);
        await script.WaitForExitAsync(Ct);
        return script.ExitCode;
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

    [GeneratedRegex(@"^(POSTGRES_PASSWORD=|RABBITMQ_PASSWORD=|GRAFANA_PASSWORD=|GRAFANA_DATABASE_PASSWORD=|BLOB_KEY=|ADMIN_KEY=)([0-9a-f]{48}|[0-9A-Za-z+/]{64}|bxk_admin_[0-9a-f]{64})$")]
    private static partial Regex Secret();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();
}
