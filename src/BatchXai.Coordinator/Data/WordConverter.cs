using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BatchXai.Coordinator.Data;

/// <summary>An enum as its snake_case word: <c>NoPositiveEvidence</c> is <c>no_positive_evidence</c>.</summary>
internal sealed class WordConverter<T>() : ValueConverter<T, string>(value => Words[value], word => Values[word])
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words = Enum.GetValues<T>().ToDictionary(value => value, value => DatabaseWords.Of(value.ToString()));
    private static readonly Dictionary<string, T> Values = Words.ToDictionary(pair => pair.Value, pair => pair.Key);
}
