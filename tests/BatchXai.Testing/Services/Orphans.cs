using System.Globalization;
using Docker.DotNet.Models;

namespace BatchXai.Testing.Services;

/// <summary>Containers of test processes that were killed before they could remove them.</summary>
internal static class Orphans
{
    /// <summary>Every container of a test carries it. Its value says which process owns the container.</summary>
    public const string Label = "batchxai.test.owner";

    private static readonly Lazy<Task> Sweep = new(SweepAsync);

    /// <summary>This process: machine, process id, and when that process started, since ids come again.</summary>
    public static string Owner { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{StartOf(Environment.ProcessId)}";

    /// <summary>Removes the orphans of this machine, once a process.</summary>
    public static Task RemoveAsync(CancellationToken cancellationToken) => Sweep.Value.WaitAsync(cancellationToken);

    private static async Task SweepAsync()
    {
        using var docker = Docker.Client();
        var labelled = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [Label] = true } };
        foreach (var container in await docker.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = labelled }))
        {
            if (container.Labels[Label].Split('/') is [var machine, var id, var start] && machine == Environment.MachineName && StartOf(int.Parse(id, CultureInfo.InvariantCulture)) != start)
            {
                await docker.Containers.RemoveContainerAsync(container.ID, new ContainerRemoveParameters { Force = true, RemoveVolumes = true });
            }
        }
    }

    /// <summary>When a process started, in ticks since the machine did (proc(5), field 22); empty when it is gone.</summary>
    private static string StartOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException)
        {
            return "";
        }
    }
}
