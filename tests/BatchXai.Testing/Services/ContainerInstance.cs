using System.Text;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchXai.Testing.Services;

/// <summary>A service in a container of its own, on loopback ports.</summary>
internal sealed class ContainerInstance : Instance
{
    private readonly IContainer container;

    public ContainerInstance(Recipe recipe, IReadOnlyList<int> ports)
    {
        var builder = new ContainerBuilder(recipe.Image)
            .WithEnvironment(recipe.Environment)
            .WithLabel(Orphans.Label, Orphans.Owner)
            .WithLogger(NullLogger.Instance)
            .WithCreateParameterModifier(OnLoopback);
        builder = recipe.Ports.Zip(ports).Aggregate(builder, (built, port) => built.WithPortBinding(port.Second, port.First));
        container = (recipe.Command is [] ? builder : builder.WithCommand(recipe.Command)).Build();
    }

    public override string Provider => "container";

    public override Task StartAsync(CancellationToken cancellationToken) => container.StartAsync(cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken) => container.StopAsync(cancellationToken);

    public override async Task KillAsync(CancellationToken cancellationToken)
    {
        using var docker = Docker.Client();
        await docker.Containers.KillContainerAsync(container.Id, new ContainerKillParameters { Signal = "SIGKILL" }, cancellationToken);
        await docker.Containers.WaitContainerAsync(container.Id, cancellationToken);
    }

    public override Task PauseAsync(CancellationToken cancellationToken) => container.PauseAsync(cancellationToken);

    public override Task ContinueAsync(CancellationToken cancellationToken) => container.UnpauseAsync(cancellationToken);

    public override async Task<int> ProcessIdAsync(CancellationToken cancellationToken)
    {
        using var docker = Docker.Client();
        return (int)(await docker.Containers.InspectContainerAsync(container.Id, cancellationToken)).State!.Pid;
    }

    public override async Task<string> LogAsync()
    {
        var (output, error) = await container.GetLogsAsync();
        var log = new StringBuilder(output).Append(error).ToString();
        return log[^Math.Min(log.Length, 2000)..];
    }

    protected override async Task RemoveAsync()
    {
        using var docker = Docker.Client();
        await docker.Containers.RemoveContainerAsync(container.Id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true });
    }

    private static void OnLoopback(CreateContainerParameters parameters)
    {
        foreach (var binding in parameters.HostConfig!.PortBindings!.Values.SelectMany(bindings => bindings))
        {
            binding.HostIP = "127.0.0.1";
        }
    }
}
