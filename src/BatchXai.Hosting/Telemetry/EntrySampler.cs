using System.Diagnostics;
using OpenTelemetry.Trace;

namespace BatchXai.Hosting.Telemetry;

/// <summary>
/// A trace begins with a request or with a step of an audit. Queries of a polling loop, and messages that say nothing but "still here",
/// begin none: they would bury the audits.
/// </summary>
internal sealed class EntrySampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind is ActivityKind.Server or ActivityKind.Internal ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}
