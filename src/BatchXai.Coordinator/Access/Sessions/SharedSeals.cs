using BatchXai.Coordinator.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Access.Sessions;

/// <summary>What seals sessions and forms lies in the database: one coordinator opens what another has sealed, and one that starts again what it sealed before.</summary>
internal static class SharedSeals
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddSharedSeals(this IServiceCollection services)
    {
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContext());
        services.AddDataProtection().SetApplicationName("batchxai").PersistKeysToDbContext<AuditDb>();
        return services;
    }
}
