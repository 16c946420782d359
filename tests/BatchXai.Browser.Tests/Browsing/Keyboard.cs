using Microsoft.Playwright;

namespace BatchXai.Browser.Tests.Browsing;

/// <summary>Walks through a page with the Tab key.</summary>
public static class Keyboard
{
    /// <summary>Every control that a mouse can use is numbered; of radio buttons of one name the first stands for all.</summary>
    private const string Number = """
        () => {
          const radios = new Set();
          const shown = e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0;
          const first = e => e.type !== 'radio' || (!radios.has(e.name) && radios.add(e.name));
          const controls = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(e => shown(e) && first(e));
          controls.forEach((e, i) => e.dataset.stop = i);
          return controls.map(e => `${e.tagName.toLowerCase()} ${(e.id || e.name || e.getAttribute('href') || e.textContent).trim().slice(0, 60)}`);
        }
        """;

    /// <summary>Number of the control that has the focus, and whether that can be seen; −1: none has it.</summary>
    private const string Where = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) return { stop: -1, seen: true };
          const style = getComputedStyle(e), box = e.getBoundingClientRect();
          const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
          const inWindow = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
          const radio = e.type === 'radio' ? document.querySelector(`[name="${e.name}"][data-stop]`) : e;
          return { stop: Number(radio?.dataset.stop ?? -1), seen: outlined && inWindow };
        }
        """;

    /// <summary>Controls that Tab does not reach, and those on which nothing shows that they have the focus.</summary>
    public static async Task<string[]> TroublesAsync(IPage page)
    {
        var controls = await page.EvaluateAsync<string[]>(Number);
        var (reached, unseen) = (new HashSet<int>(), new HashSet<int>());
        for (var press = 0; press < controls.Length + 5; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            var place = await page.EvaluateAsync<Stop>(Where);
            if (place.stop >= 0)
            {
                reached.Add(place.stop);
                if (!place.seen)
                {
                    unseen.Add(place.stop);
                }
            }
        }

        return
        [
            .. controls.Index().Where(control => !reached.Contains(control.Index)).Select(control => $"not reached: {control.Item}"),
            .. unseen.Select(stop => $"focus not seen: {controls[stop]}"),
        ];
    }

    // Named as the script names them.
    private sealed class Stop
    {
        public int stop { get; set; }

        public bool seen { get; set; }
    }
}
