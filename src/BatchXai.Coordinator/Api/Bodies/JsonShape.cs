using BatchXai.Storage;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace BatchXai.Coordinator.Api.Bodies;

/// <summary>
/// Compares a JSON document with the type that it should become, and goes on after each problem. What is wrong is left out of the copy that it makes,
/// or replaced by nothing where it must not be missing, so that the rest can still be looked at.
/// </summary>
internal sealed class JsonShape(JsonSerializerOptions options)
{
    private readonly List<string> problems = [];
    private readonly List<string> replaced = [];

    /// <summary>Each begins with the field.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Fields that must be there and were not, or not as they must be. What else is said of them would be said of a stand-in.</summary>
    public IReadOnlyList<string> Replaced => replaced;

    /// <summary>The document without what is wrong with it.</summary>
    public JsonNode Mended(JsonElement document, Type type) => Object(document, options.GetTypeInfo(type), "") ?? Empty(options.GetTypeInfo(type), "");

    private JsonNode? Value(JsonElement value, JsonTypeInfo type, string field) => type.Kind switch
    {
        JsonTypeInfoKind.Object => Object(value, type, field),
        JsonTypeInfoKind.Enumerable => List(value, type, field),
        _ => JsonLeaf.Problem(value, type, options) is { } problem ? Refuse($"{field}: {problem}") : JsonNode.Parse(value.GetRawText()),
    };

    private JsonObject? Object(JsonElement value, JsonTypeInfo type, string field)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse($"{(field.Length == 0 ? "body" : field)}: {JsonLeaf.Shown(value)}. Expected an object with the fields {Names(type)}.");
            return null;
        }

        var mended = new JsonObject();
        var seen = new HashSet<string>();
        foreach (var member in value.EnumerateObject())
        {
            var name = Below(field, Shown.Text(member.Name));
            if (type.Properties.FirstOrDefault(property => property.Name == member.Name) is not { } property)
            {
                Refuse($"{name}: unknown field. Expected {Names(type)}.");
            }
            else if (!seen.Add(member.Name))
            {
                Refuse($"{name}: given more than once. Give each field once.");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                Add(mended, property, Value(member.Value, options.GetTypeInfo(property.PropertyType), name), name);
            }
            else if (!MayBeNull(property))
            {
                Refuse($"{name}: null. Expected a value, or no such field.");
                Add(mended, property, null, name);
            }
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)))
        {
            Refuse($"{Below(field, missing.Name)}: missing. It is needed.");
            Add(mended, missing, null, Below(field, missing.Name));
        }

        return mended;
    }

    private JsonArray? List(JsonElement value, JsonTypeInfo type, string field)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Refuse($"{field}: {JsonLeaf.Shown(value)}. Expected a list.");
            return null;
        }

        var element = options.GetTypeInfo(type.ElementType!);
        return new JsonArray([.. value.EnumerateArray().Select((each, at) => Value(each, element, $"{field}[{at}]")).Where(each => each is not null)]);
    }

    private void Add(JsonObject to, JsonPropertyInfo property, JsonNode? value, string field)
    {
        if (value is not null)
        {
            to.Add(property.Name, value);
        }
        else if (property.IsRequired)
        {
            replaced.Add(field);
            to.Add(property.Name, Empty(options.GetTypeInfo(property.PropertyType), field));
        }
    }

    private JsonNode Empty(JsonTypeInfo type, string field)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return type.Kind == JsonTypeInfoKind.Enumerable ? new JsonArray() : JsonLeaf.Empty(type);
        }

        var empty = new JsonObject();
        foreach (var property in type.Properties.Where(property => property.IsRequired))
        {
            Add(empty, property, null, Below(field, property.Name));
        }

        return empty;
    }

    private JsonNode? Refuse(string problem)
    {
        problems.Add(problem);
        return null;
    }

    private static bool MayBeNull(JsonPropertyInfo property) => property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsSetNullable;

    private static string Below(string field, string name) => field.Length == 0 ? name : $"{field}.{name}";

    private static string Names(JsonTypeInfo type) => string.Join(", ", type.Properties.Select(property => property.Name));
}
