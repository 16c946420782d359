using BatchXai.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Coordinator.Access;

/// <summary>Before a closed server listens: can anybody enter it at all?</summary>
internal sealed class AccessCheck(AccessOptions access, IServiceProvider services) : IHostedLifecycleService
{
    /// <exception cref="UserErrorException">Nobody can.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!access.IsOpen && access.AdminKey is null && access.Issuer is null && !await services.GetRequiredService<ApiKeys>().HasAdminAsync(cancellationToken))
        {
            throw new UserErrorException(
                $"Nobody could enter this server: it asks for keys, because of where it listens ({string.Join(", ", access.Addresses)}) or of its settings, and no administrator has one. "
                + $"Create one with 'dotnet BatchXai.Coordinator.dll keys create --name NAME --scope admin', or set {AccessOptions.AdminKeySetting}, or {IssuerOptions.AuthoritySetting} for those whom an issuer vouches for. A server that listens at http://127.0.0.1:5000 alone may be open.");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
