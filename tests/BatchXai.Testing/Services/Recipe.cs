namespace BatchXai.Testing.Services;

/// <summary>How a service is started when no connection string is given.</summary>
/// <param name="Name">What <c>tests/services.sh run</c> calls it.</param>
/// <param name="Variable">Environment variable with a connection string.</param>
/// <param name="Image">Container image.</param>
/// <param name="Ports">Ports inside the container, in the order that the script takes its own.</param>
/// <param name="Environment">Variables of the container, and of the script.</param>
/// <param name="Command">Command of the container; empty: the image's own.</param>
internal sealed record Recipe(string Name, string Variable, string Image, IReadOnlyList<int> Ports, IReadOnlyDictionary<string, string> Environment, params string[] Command)
{
    /// <summary>Makes an instance, not started: a container where Docker answers, else a native process.</summary>
    public async Task<Instance> MakeAsync(IReadOnlyList<int> ports, CancellationToken cancellationToken)
    {
        if (await Docker.AnswersAsync())
        {
            await Orphans.RemoveAsync(cancellationToken);
            return new ContainerInstance(this, ports);
        }

        if (!await NativeInstance.CanRunAsync(this, cancellationToken))
        {
            Missing.Service(Name, Variable);
        }

        return new NativeInstance(this, ports);
    }
}
