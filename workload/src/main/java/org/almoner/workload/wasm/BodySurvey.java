package org.almoner.workload.wasm;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What must be known of a function body before it is metered. To take it is to check the body.
 *
 * @param locals parameters and local variables
 * @param frameOctets what a call of the function costs of the stack
 * @param callees functions that it calls by name
 * @param indirect types of the functions that it calls through the table
 * @param canonical instructions, by number, after which a NaN is made canonical
 */
record BodySurvey(
    int locals,
    int frameOctets,
    Set<Integer> callees,
    Set<FunctionType> indirect,
    BitSet canonical) {
  static BodySurvey of(WasmReader in, ModuleSections module, FunctionType type)
      throws RefusedModule {
    BodyReader body = new BodyReader(in, module, type);
    body.readLocals(new WasmOutput());
    NanFlow nans = new NanFlow(type.params().length());
    Set<Integer> callees = new TreeSet<>();
    Set<FunctionType> indirect = new LinkedHashSet<>();
    for (int number = 0; body.depth() > 0; number++) {
      body.step();
      nans.step(number, body, in.endsWithNan(body.opcode()));
      if (body.opcode() == Instruction.CALL) {
        callees.add(body.index());
      } else if (body.opcode() == Instruction.CALL_INDIRECT) {
        indirect.add(module.types().get(body.index()));
      }
    }
    in.requireEnd();
    int values = body.localCount() + body.stack().highest();
    return new BodySurvey(
        body.localCount(),
        CallDepth.frameOctets(values, in.length()),
        callees,
        indirect,
        nans.canonical());
  }
}
