using System.Data.Common;
using BatchXai.Contracts;
using BatchXai.Coordinator.Front;
using BatchXai.Coordinator.Manage;
using BatchXai.Storage.Blobs;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BatchXai.Coordinator.Api;

/// <summary>Turns what endpoints throw into refusals. What is not the caller's doing is logged, and said without details.</summary>
internal sealed partial class FailureHandler(ILogger<FailureHandler> logger) : IExceptionHandler
{
    private const int ClientGone = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientGone;
            return true;
        }

        var (status, problems) = exception switch
        {
            UserErrorException bad => (StatusCodes.Status400BadRequest, bad.Problems),
            ConflictException used => (StatusCodes.Status409Conflict, [used.Message]),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, ["body: too large."]),
            BadHttpRequestException bad => (bad.StatusCode, [bad.Message]),
            _ when IsAway(exception) => (StatusCodes.Status503ServiceUnavailable, ["Database or blob store do not answer. Try again in a moment."]),
            _ => (StatusCodes.Status500InternalServerError, ["The server failed. Its log says why."]),
        };
        if (status >= StatusCodes.Status500InternalServerError)
        {
            Log.Failed(logger, exception, httpContext.Request.Method, httpContext.GetEndpoint()?.DisplayName);
        }

        httpContext.Response.StatusCode = status;
        BrowserGuard.Protect(httpContext.Response);
        await Refusal.Of(httpContext, status, problems).ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>Queries hide what the database driver threw in another exception.</summary>
    private static bool IsAway(Exception? exception) =>
        exception is BlobsUnavailableException or DbException { IsTransient: true } || (exception is not null && IsAway(exception.InnerException));

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Error, "{Method} {Endpoint} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string? endpoint);
    }
}
