using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Computes a node's outputs from its inputs. Never writes to an input. Temporary tensors are disposed inside;
/// returning an input itself is allowed.
/// </summary>
internal delegate Value[] Kernel(Arguments inputs);

/// <summary>Reads a node's attributes once and gives the kernel that runs it.</summary>
/// <exception cref="NotSupportedException">The node uses a variant of the operator that is not supported; the message says which.</exception>
internal delegate Kernel Binder(OperatorContext context);
