package org.almoner.agent.run.wasm;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The class of the engine that every compiled module calls for what is no single instruction of
 * Java, changed as it is written into the module's own.
 *
 * <p>The engine asks at every call and every turn of a loop whether its thread was interrupted.
 * Here nobody interrupts, a unit is ended by ending its process, so the question is taken out: a
 * loop without it is up to twice as fast. For a {@link MemoryKind#GUARDED} memory, loads and stores
 * become plain accesses to the addresses of the process.
 */
final class EngineClass extends ClassVisitor {
  /** Under this name the changed class finds address 0 of the guest. */
  static final String ADDRESS_PROPERTY = "almoner.guest.address";

  private static final String ASKS_FOR_INTERRUPTION = "checkInterruption";
  private static final String UNSAFE = "jdk/internal/misc/Unsafe";
  private static final String UNSAFE_FIELD = "almonerUnsafe";
  private static final String ADDRESS_FIELD = "almonerAddress";
  private static final long UNSIGNED = 0xffffffffL;

  /** The engine's name of an access, and the one that does the same at an address. */
  private static final Map<String, String> ACCESSES =
      Map.ofEntries(
          Map.entry("memoryReadByte", "getByte"),
          Map.entry("memoryReadShort", "getShort"),
          Map.entry("memoryReadInt", "getInt"),
          Map.entry("memoryReadLong", "getLong"),
          Map.entry("memoryReadFloat", "getFloat"),
          Map.entry("memoryReadDouble", "getDouble"),
          Map.entry("memoryWriteByte", "putByte"),
          Map.entry("memoryWriteShort", "putShort"),
          Map.entry("memoryWriteInt", "putInt"),
          Map.entry("memoryWriteLong", "putLong"),
          Map.entry("memoryWriteFloat", "putFloat"),
          Map.entry("memoryWriteDouble", "putDouble"));

  private final MemoryKind kind;
  private String name = "";
  private int replaced;

  private EngineClass(ClassVisitor to, MemoryKind kind) {
    super(Opcodes.ASM9, to);
    this.kind = kind;
  }

  /** The changed form of the class file {@code type}. */
  static byte[] changed(byte[] type, MemoryKind kind) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    EngineClass visitor = new EngineClass(writer, kind);
    new ClassReader(type).accept(visitor, 0);
    int expected = 1 + (kind == MemoryKind.GUARDED ? ACCESSES.size() : 0);
    if (visitor.replaced != expected) {
      throw new IllegalStateException(
          "of " + expected + " methods of the engine " + visitor.replaced + " were found");
    }
    return writer.toByteArray();
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    this.name = name;
    super.visit(version, access, name, signature, superName, interfaces);
    if (kind == MemoryKind.GUARDED) {
      int constant = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
      visitField(constant, UNSAFE_FIELD, "L" + UNSAFE + ";", null, null).visitEnd();
      visitField(constant, ADDRESS_FIELD, "J", null, null).visitEnd();
    }
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String method,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor to = super.visitMethod(access, method, descriptor, signature, exceptions);
    if (method.equals(ASKS_FOR_INTERRUPTION)) {
      return replace(to, code -> code.visitInsn(Opcodes.RETURN));
    }
    if (kind != MemoryKind.GUARDED) {
      return to;
    }
    if (method.equals("<clinit>")) {
      return new Initialiser(to);
    }
    String same = ACCESSES.get(method);
    return same == null ? to : replace(to, code -> access(code, same, descriptor));
  }

  private interface Body {
    void write(MethodVisitor code);
  }

  /** Writes another body; the old one goes nowhere. */
  private @Nullable MethodVisitor replace(MethodVisitor to, Body body) {
    replaced++;
    to.visitCode();
    body.write(to);
    to.visitMaxs(0, 0);
    to.visitEnd();
    return null;
  }

  /**
   * {@code unsafe.access(address + (base & 0xffffffff) + offset)}. The parameters of a load are
   * base, offset and memory, those of a store base, value, offset and memory. Admission lets no
   * offset of 2^31 or more pass, so that it is never negative.
   */
  private void access(MethodVisitor code, String access, String descriptor) {
    Type[] parameters = Type.getArgumentTypes(descriptor);
    boolean stores = parameters.length == 4;
    int offset = stores ? 1 + parameters[1].getSize() : 1;
    code.visitFieldInsn(Opcodes.GETSTATIC, name, UNSAFE_FIELD, "L" + UNSAFE + ";");
    code.visitFieldInsn(Opcodes.GETSTATIC, name, ADDRESS_FIELD, "J");
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitInsn(Opcodes.I2L);
    code.visitLdcInsn(UNSIGNED);
    code.visitInsn(Opcodes.LAND);
    code.visitInsn(Opcodes.LADD);
    code.visitVarInsn(Opcodes.ILOAD, offset);
    code.visitInsn(Opcodes.I2L);
    code.visitInsn(Opcodes.LADD);
    Type result = Type.getReturnType(descriptor);
    if (stores) {
      code.visitVarInsn(parameters[1].getOpcode(Opcodes.ILOAD), 1);
    }
    String of = stores ? "(J" + parameters[1].getDescriptor() + ")V" : "(J)" + result;
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, UNSAFE, access, of, false);
    code.visitInsn(result.getOpcode(Opcodes.IRETURN));
  }

  /** Sets the two constants before all else. */
  private final class Initialiser extends MethodVisitor {
    private Initialiser(MethodVisitor to) {
      super(Opcodes.ASM9, to);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      visitMethodInsn(Opcodes.INVOKESTATIC, UNSAFE, "getUnsafe", "()L" + UNSAFE + ";", false);
      visitFieldInsn(Opcodes.PUTSTATIC, name, UNSAFE_FIELD, "L" + UNSAFE + ";");
      visitLdcInsn(ADDRESS_PROPERTY);
      visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/lang/System",
          "getProperty",
          "(Ljava/lang/String;)Ljava/lang/String;",
          false);
      visitMethodInsn(
          Opcodes.INVOKESTATIC, "java/lang/Long", "parseLong", "(Ljava/lang/String;)J", false);
      visitFieldInsn(Opcodes.PUTSTATIC, name, ADDRESS_FIELD, "J");
    }
  }
}
