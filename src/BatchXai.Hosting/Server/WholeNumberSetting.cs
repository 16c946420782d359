using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Hosting.Server;

/// <summary>Settings of servers that are whole numbers.</summary>
public static class WholeNumberSetting
{
    /// <summary>The number; null: it is not set, or wrong, which becomes a problem.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="setting">Name of the setting, such as <c>Dispatch:Window</c>.</param>
    /// <param name="least">Least value.</param>
    /// <param name="most">Greatest value.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static int? WholeNumber(this IConfiguration configuration, string setting, int least, int most, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(problems);
        var text = configuration[setting];
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        problems.Add($"{setting} is '{text}': expected a whole number from {least} to {most}, or nothing for the default.");
        return null;
    }
}
