using System.Text.Json;
using System.Text.Json.Serialization;

namespace BatchXai.Contracts.Api;

/// <summary>How the API writes JSON: camelCase names and enum values, nulls shown.</summary>
public static class ApiJson
{
    /// <summary>For both sides.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Makes other options the same.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        return options;
    }
}
