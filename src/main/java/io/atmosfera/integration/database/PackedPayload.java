package io.atmosfera.integration.database;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** The form in which what came from outside is kept byte for byte: one LZ4 block (docs/adr/0008). */
public final class PackedPayload {

    private static final LZ4Factory LZ4 = factory();
    private static final LZ4Compressor COMPRESSOR = LZ4.fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR = LZ4.safeDecompressor();

    private PackedPayload() {}

    /** The native one is several times faster than those in Java. */
    private static LZ4Factory factory() {
        try {
            return LZ4Factory.nativeInstance();
        } catch (LinkageError | RuntimeException noNativeCode) {
            return LZ4Factory.fastestInstance();
        }
    }

    /** Packs a part of some bytes. */
    public static byte[] pack(byte[] bytes, int begin, int end) {
        return COMPRESSOR.compress(bytes, begin, end - begin);
    }

    /**
     * Gives back the bytes.
     *
     * @param length how many they were
     */
    public static byte[] unpack(byte[] packed, int length) {
        return DECOMPRESSOR.decompress(packed, length);
    }
}
