using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Data;

/// <summary>Everybody asks for an <see cref="AuditDb"/>; which database it is stays here.</summary>
internal sealed class AuditDbFactory<T>(IDbContextFactory<T> factory) : IDbContextFactory<AuditDb>
    where T : AuditDb
{
    public AuditDb CreateDbContext() => factory.CreateDbContext();

    public async Task<AuditDb> CreateDbContextAsync(CancellationToken cancellationToken) => await factory.CreateDbContextAsync(cancellationToken);
}
