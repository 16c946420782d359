using BatchXai.Coordinator.Access.Sessions;
using BatchXai.Coordinator.Browse;
using BatchXai.Coordinator.Front.Audits;
using BatchXai.Coordinator.Front.Clusters;
using BatchXai.Coordinator.Front.Cohorts;
using BatchXai.Coordinator.Front.Compare;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Coordinator.Front.Keys;
using BatchXai.Coordinator.Front.Log;
using BatchXai.Coordinator.Front.Models;
using BatchXai.Coordinator.Front.Operations;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Coordinator.Front.SignIn;
using BatchXai.Coordinator.Front.Submit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BatchXai.Coordinator.Front;

/// <summary>The pages.</summary>
internal static class FrontRegistration
{
    /// <summary>Adds what the pages need. Without other places they show this process's own audits.</summary>
    public static IServiceCollection AddFront(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options => options.Cookie = new PageCookies("batchxai-form", SameSiteMode.Strict));
        services.TryAddSingleton<IAuditPlaces, ServerPlace>();
        return services.AddSingleton<ReportGlances>().AddSingleton<AuditEntries>().AddSingleton<Comparisons>().AddSingleton<CohortGlances>().AddSingleton<PictureCache>();
    }

    /// <summary>Maps the pages, and the files that they name.</summary>
    public static void MapFront(this WebApplication app)
    {
        Array.ForEach(["report.css", "front.css", "front.js", "clusters.js", "icon.svg"], app.MapStaticFile);
        var pages = app.MapPages();
        pages.MapAuditsPage();
        pages.MapAuditPage();
        pages.MapFilesPage();
        pages.MapItems();
        pages.MapModelPage();
        pages.MapClustersPage();
        pages.MapCohortsPage();
        pages.MapComparePage();
        pages.MapSystemPage();
        pages.MapSubmitPage();
        pages.MapSignIn();
        pages.MapKeysPage();
        pages.MapAccessLogPage();
        app.MapItemPictures();
    }
}
