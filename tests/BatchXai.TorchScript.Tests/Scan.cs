using BatchXai.TorchScript.Probe;
using TorchSharp;
namespace BatchXai.TorchScript.Tests;
internal static class Scan
{
    internal static async Task<int> Run(string[] files)
    {
        foreach (var file in files)
        {
            var size = file.Contains("swin") || file.Contains("vit") ? 224 : file.Contains("inception") ? 128 : 96;
            try
            {
                var watch = System.Diagnostics.Stopwatch.StartNew();
                using var p = await PreparedScript.PrepareAsync(new ScriptRequest(file, 3, size, size, true, ProbeCommand.ThisProgram(Program.ProbeArgument)));
                Console.WriteLine($"{Path.GetFileName(file)} layers {p.Layers.Count} ran {p.Layers.Count(l => l.Shape.Count > 0)} spatial {p.Layers.Count(l => l.IsSpatial)} target {p.Target} [{string.Join(',', p.Target?.Shape ?? [])}] scores [{string.Join(',', p.Scores)}] fixed {p.FixedBatch} {p.NoLayersReason} {watch.ElapsedMilliseconds} ms");
                using var m = p.Load(torch.CPU);
                torch.random.manual_seed(1);
                var x = torch.randn(p.FixedBatch ?? 2, 3, size, size);
                torch.set_grad_enabled(false);
                var plain = m.Run(x);
                torch.set_grad_enabled(true);
                var bad = 0; double worst = 0; double worstGrad = 0;
                var step = Math.Max(1, p.Layers.Count / 25);
                var xg = x.clone().requires_grad_();
                var s0 = m.Run(xg);
                s0.sum().backward();
                var g0 = xg.grad!;
                for (var i = p.Layers.Count - 1; i >= 0; i -= step)
                {
                    var layer = p.Layers[i];
                    if (layer.Shape.Count == 0) continue;
                    using var sc = torch.NewDisposeScope();
                    var (s, h) = m.Run(x, layer);
                    var e1 = (s - plain).abs().max().item<float>();
                    if (s.requires_grad) torch.autograd.backward([s], [torch.ones_like(s)], inputs: [h]);
                    var xg2 = x.clone().requires_grad_();
                    var (s2, h2) = m.Run(xg2, layer);
                    torch.autograd.backward([s2], [torch.ones_like(s2)], inputs: [h2, xg2]);
                    if (h.grad is not null && h2.grad is not null) worstGrad = Math.Max(worstGrad, ((h.grad - h2.grad).abs().max() / (h2.grad.abs().max() + 1e-12)).item<float>());
                    else bad++;
                    var gx = xg2.grad is null ? 9 : ((xg2.grad - g0).abs().max() / (g0.abs().max() + 1e-12)).item<float>();
                    worstGrad = Math.Max(worstGrad, gx);
                    var s3 = m.RunFrom(x, layer, h.detach());
                    var e3 = (s3 - plain).abs().max().item<float>();
                    worst = Math.Max(worst, Math.Max(e1, e3));
                    if (!h.detach().shape.Skip(1).SequenceEqual(layer.Shape.Skip(1))) bad++;
                }
                Console.WriteLine($"   worst {worst:g3} of {plain.abs().max().item<float>():g3}, grad {worstGrad:g3}, bad {bad}");
            }
            catch (Exception e) { Console.WriteLine($"{Path.GetFileName(file)} FAILED {e.Message}"); }
        }
        return 0;
    }
}
