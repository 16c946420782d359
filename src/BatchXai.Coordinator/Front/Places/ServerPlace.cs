namespace BatchXai.Coordinator.Front.Places;

/// <summary>The one place of a coordinator: its own database.</summary>
internal sealed class ServerPlace(IServiceProvider services) : IAuditPlaces, IAsyncDisposable
{
    private readonly AuditPlace place = new(services);

    public string FirstStep => "batchxai submit audit.yaml --server ADDRESS --watch";

    public Task<AuditPlacesSeen> LookAsync(CancellationToken cancellationToken) => Task.FromResult(new AuditPlacesSeen([place], []));

    public Task<AuditPlace?> FindAsync(Guid auditId, CancellationToken cancellationToken) => Task.FromResult<AuditPlace?>(place);

    public ValueTask DisposeAsync() => place.DisposeAsync();
}
