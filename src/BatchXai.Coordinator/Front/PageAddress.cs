using BatchXai.Coordinator.Front.Layout;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Front;

/// <summary>Addresses of the pages: no page spells one itself.</summary>
internal static class PageAddress
{
    /// <summary>All audits.</summary>
    public const string Audits = "/";

    /// <summary>Two audits side by side.</summary>
    public const string Compare = "/compare";

    /// <summary>The form that starts an audit.</summary>
    public const string Submit = "/submit";

    /// <summary>Workers and queues.</summary>
    public const string System = "/system";

    /// <summary>The filters over items that were saved.</summary>
    public const string Cohorts = "/cohorts";

    /// <summary>Where visitors of a closed server say who they are.</summary>
    public const string SignInForm = "/sign-in";

    /// <summary>Leads to the issuer at which people sign in.</summary>
    public const string SignInElsewhere = "/sign-in/issuer";

    /// <summary>Where the issuer sends them back to.</summary>
    public const string SignInAnswer = "/sign-in/answer";

    /// <summary>Ends a visitor's session.</summary>
    public const string SignOut = "/sign-out";

    /// <summary>Leads to where people end their session at the issuer.</summary>
    public const string SignOutElsewhere = "/sign-out/issuer";

    /// <summary>Keys, for administrators.</summary>
    public const string Keys = "/keys";

    /// <summary>Who changed what, for administrators.</summary>
    public const string AccessLog = "/access-log";

    /// <summary>Name of the parameter that says where a visitor wanted to go.</summary>
    public const string Return = "return";

    /// <summary>Name of the parameter that says that a visitor has just signed out, and not at the issuer.</summary>
    public const string Left = "left";

    /// <summary>The first page of a part of the site.</summary>
    public static string Of(SiteSection section) => section switch
    {
        SiteSection.Compare => Compare,
        SiteSection.Submit => Submit,
        SiteSection.System => System,
        _ => Audits,
    };

    /// <summary>Where visitors say who they are, who then go where they wanted to.</summary>
    public static string SignIn(string destination) => With(SignInForm, (Return, destination == Audits ? null : destination));

    /// <summary>The question whether a key shall be revoked.</summary>
    public static string Revoke(string key) => $"{Keys}/{Uri.EscapeDataString(key)}/revoke";

    /// <summary>One audit.</summary>
    public static string Audit(Guid audit) => $"/audits/{audit}";

    /// <summary>Its progress, as server-sent events.</summary>
    public static string Events(Guid audit) => $"/audits/{audit}/events";

    /// <summary>The files that it has stored.</summary>
    public static string Files(Guid audit, params IEnumerable<(string Name, string? Value)> page) => With($"/audits/{audit}/files", page);

    /// <summary>One of these files.</summary>
    public static string File(Guid audit, string path) => $"/audits/{audit}/files/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>A file of an audit's report, such as <c>report.html</c>.</summary>
    public static string ReportFile(Guid audit, string name) => $"/audits/{audit}/report/{name}";

    /// <summary>The items of an audit that a filter leaves.</summary>
    public static string Items(Guid audit, params IEnumerable<(string Name, string? Value)> filter) => With($"/audits/{audit}/items", filter);

    /// <summary>The groups of heatmaps of an audit, and what is chosen there.</summary>
    public static string Clusters(Guid audit, params IEnumerable<(string Name, string? Value)> chosen) => With($"/audits/{audit}/clusters", chosen);

    /// <summary>One item of an audit.</summary>
    public static string Item(Guid audit, long item) => FormattableString.Invariant($"/audits/{audit}/items/{item}");

    /// <summary>A picture of an item, such as <c>image.jpg</c>.</summary>
    public static string Picture(Guid audit, long item, string name, params IEnumerable<(string Name, string? Value)> parameters) => With($"{Item(audit, item)}/{name}", parameters);

    /// <summary>The finished audits of a model, of all its versions.</summary>
    public static string Model(string name) => $"/models/{Uri.EscapeDataString(name)}";

    /// <summary>What is done to a cohort: "rename" or "delete".</summary>
    public static string Cohort(Guid cohort, string deed) => $"{Cohorts}/{cohort}/{deed}";

    /// <summary>Two audits side by side.</summary>
    public static string Comparison(Guid first, Guid second) => With(Compare, ("first", $"{first}"), ("second", $"{second}"));

    /// <summary>The choice of an audit to put beside this one.</summary>
    public static string CompareFrom(Guid first, params IEnumerable<(string Name, string? Value)> items) => With(Compare, items.Prepend(("first", $"{first}")));

    /// <summary>An address with parameters; those that are null are left out.</summary>
    public static string With(string path, params IEnumerable<(string Name, string? Value)> parameters) =>
        path + QueryString.Create(parameters.Where(parameter => parameter.Value is not null).Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));
}
