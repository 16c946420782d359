using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Access;

/// <summary>How much one caller may ask of a closed server, so that none keeps it from the others. Whoever is refused for want of a key counts by address.</summary>
internal static class RequestRates
{
    private const int SecondsPerMinute = 60;

    /// <summary>Adds the limits. A caller may ask a minute's share at once; what it has used comes back second by second.</summary>
    public static IServiceCollection AddRequestRates(this IServiceCollection services, AccessOptions access) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "1";
            return ValueTask.CompletedTask;
        };
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            access.IsOpen || IsProbe(context) ? RateLimitPartition.GetNoLimiter("") : RateLimitPartition.GetTokenBucketLimiter(Who(context), _ => new()
            {
                TokenLimit = access.RequestsPerMinute, TokensPerPeriod = access.RequestsPerMinute / SecondsPerMinute, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
            }));
    });

    /// <summary>Health, which says whether the server lives: it must answer most of all when it is busy.</summary>
    private static bool IsProbe(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null && context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    private static string Who(HttpContext context) => Caller.Of(context.User)?.Subject ?? $"{context.Connection.RemoteIpAddress}";
}
