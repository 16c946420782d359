using System.Globalization;
using BatchXai.Contracts.Models;
using MassTransit;

namespace BatchXai.Worker.Inspect;

/// <summary>Answers what a model file is, and whether the methods can run on it.</summary>
internal sealed class InspectModelConsumer(ModelInspections inspections) : IConsumer<InspectModel>
{
    private const string Deliveries = "x-delivery-count";
    private const int Most = 3;

    public Task Consume(ConsumeContext<InspectModel> context)
    {
        var answer = Returned(context.ReceiveContext) < Most
            ? inspections.AnswerAsync(context.Message)
            : inspections.RefuseAsync(context.Message, $"it cannot be inspected: {Most} times the worker's process ended while it tried. Its log tells more.");
        return answer.WaitAsync(context.CancellationToken);
    }

    /// <summary>How often the broker took the message back from a process that ended.</summary>
    private static int Returned(ReceiveContext context) =>
        context.TransportHeaders.TryGetHeader(Deliveries, out var count) ? Convert.ToInt32(count, CultureInfo.InvariantCulture) : 0;
}
