using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BatchXai.Coordinator.Api;

/// <summary>Names of the query parameters that an endpoint has; any other is refused.</summary>
internal sealed record QueryNames(IReadOnlyList<string> Names);

/// <summary>Declares query parameters, for <see cref="Query"/> and for the OpenAPI document.</summary>
internal static class QueryDeclaration
{
    private static readonly Dictionary<string, (JsonSchemaType Type, string? Format, string Description)> Parameters = new()
    {
        ["after"] = (JsonSchemaType.String, null, "Where the page before ended: its next."),
        ["before"] = (JsonSchemaType.String, "uuid", "Where the page before ended: its next."),
        ["limit"] = (JsonSchemaType.Integer, "int32", "Most entries of the page, 1 to 1000; 100 without it."),
        ["link"] = (JsonSchemaType.Boolean, null, "true: answer with a short-lived link to the store itself, where it has such links."),
        ["name"] = (JsonSchemaType.String, null, "The name of an audit, or of a file."),
        ["state"] = (JsonSchemaType.String, null, "Only those in this state."),
    };

    /// <summary>Declares the query parameters of an endpoint.</summary>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params string[] names) => endpoint
        .WithMetadata(new QueryNames(names))
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (var name in names)
            {
                var (type, format, description) = Parameters[name];
                operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = new OpenApiSchema { Type = type, Format = format } });
            }

            return Task.CompletedTask;
        });

    /// <summary>Declares a header that callers may send.</summary>
    public static RouteHandlerBuilder WithHeader(this RouteHandlerBuilder endpoint, string name, string description) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        return Task.CompletedTask;
    });
}
