using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace BatchXai.Storage.Tests.Blobs;

/// <summary>The real way to the service, on which a test lets requests fail.</summary>
/// <param name="fault">Asked before each request: null lets it pass; a status answers in the service's place; 0 never answers.</param>
internal sealed class FaultyTransport(Func<Request, int?> fault) : HttpClientTransport
{
    private int requests;

    public int Requests => requests;

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        Interlocked.Increment(ref requests);
        switch (fault(message.Request))
        {
            case null:
                await base.ProcessAsync(message);
                break;
            case 0:
                await Task.Delay(Timeout.Infinite, message.CancellationToken);
                break;
            case { } status:
                await base.ProcessAsync(message);
                message.Response = new Refusal(status, message.Request.ClientRequestId);
                break;
        }
    }

    private sealed class Refusal(int status, string id) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "Server Busy";

        public override Stream? ContentStream { get; set; } = new MemoryStream();

        public override string ClientRequestId { get; set; } = id;

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, out string value)
        {
            value = "";
            return false;
        }

        protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values)
        {
            values = [];
            return false;
        }
    }
}
