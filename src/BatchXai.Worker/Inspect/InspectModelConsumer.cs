using BatchXai.Contracts.Models;
using BatchXai.Hosting.Messaging;
using BatchXai.Worker.Explain;
using MassTransit;

namespace BatchXai.Worker.Inspect;

/// <summary>Answers what a model file is, and whether the methods can run on it.</summary>
internal sealed class InspectModelConsumer(ModelCache models) : IConsumer<InspectModel>
{
    public async Task Consume(ConsumeContext<InspectModel> context)
    {
        var (key, model, methods) = context.Message;
        var cancellationToken = context.CancellationToken;
        var (description, problems) = await ModelInspector.InspectAsync(model, methods, models, cancellationToken);
        await context.SendToAsync(Queues.Plans, new ModelInspected(key, description, problems), cancellationToken);
    }
}
