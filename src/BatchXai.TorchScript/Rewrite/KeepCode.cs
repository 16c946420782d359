namespace BatchXai.TorchScript.Rewrite;

/// <summary>The code that is added to a model: what happens at a layer, and the method that a program calls.</summary>
/// <remarks>
/// A request is a list of numbers. Indices of layers keep the values of those layers; <see cref="ListShapes"/> lists index and shape of every
/// layer that runs; <see cref="Replace"/> puts a given tensor in a layer's place. A kept value is a copy of its own and the model goes on with
/// another copy: what follows may work in place. Where nothing before it needs a gradient, the kept value is where the gradient begins.
/// </remarks>
internal static class KeepCode
{
    /// <summary>
    /// The added method of the model. In: image, request (whole numbers, N), replacement. Out: one tensor for each number of the request (the replacement
    /// where nothing was kept), the shapes if they were asked for, and the scores.
    /// </summary>
    internal const string Method = "batchxai_explain";

    /// <summary>Request: index and shape of every layer, one tensor each.</summary>
    internal const long ListShapes = -1;

    /// <summary>Request: the scores alone. No layer has this number.</summary>
    internal const long Nothing = long.MinValue;

    /// <summary>File of <see cref="Keep"/> below <c>code/</c>.</summary>
    internal const string File = "__torch__/batchxai_keep.py";

    /// <summary>What is called at each layer.</summary>
    internal const string Function = "__torch__.batchxai_keep.keep";

    /// <summary>Arguments that are handed from caller to callee.</summary>
    internal const string Arguments = "batchxai_kept, batchxai_request, batchxai_replacement, ";

    /// <summary>Declarations of <see cref="Arguments"/>.</summary>
    internal const string Parameters = "batchxai_kept: List[Tensor],\n    batchxai_request: List[int],\n    batchxai_replacement: Tensor";

    internal const string Keep =
        """
        def keep(kept: List[Tensor],
            request: List[int],
            replacement: Tensor,
            index: int,
            value: Tensor) -> Tensor:
          result = value
          if index in request:
            own = value.clone()
            if own.is_floating_point() and not own.requires_grad:
              own = own.requires_grad_()
            kept[request.index(index)] = own
            result = own.clone()
          elif request[0] == -1:
            kept.append(torch.tensor([index] + value.size()))
          elif request[0] == -2 - index:
            result = replacement.clone()
          return result

        """;

    /// <summary>Request: a tensor in the place of a layer's value.</summary>
    internal static long Replace(int index) => -2 - index;

    /// <summary>The text of <see cref="Method"/>.</summary>
    /// <param name="type">Class of the model.</param>
    /// <param name="forward">Method that computes, with the added parameters or without.</param>
    /// <param name="arguments"><see cref="Arguments"/>, or nothing when no layer was found.</param>
    /// <param name="scores">The scores in the result <c>out</c>.</param>
    internal static string Explain(string type, string forward, string arguments, string scores) =>
        $"""
          def {Method}(self: {type},
              batchxai_image: Tensor,
              batchxai_numbers: Tensor,
              batchxai_replacement: Tensor) -> List[Tensor]:
            batchxai_kept = annotate(List[Tensor], [])
            batchxai_request = annotate(List[int], [])
            for batchxai_at in range(batchxai_numbers.numel()):
              batchxai_request.append(int(batchxai_numbers[batchxai_at]))
              batchxai_kept.append(batchxai_replacement)
            out = self.{forward}({arguments}batchxai_image.clone())
            batchxai_kept.append({scores})
            return batchxai_kept
        """;
}
