package io.atmosfera.integration.jira;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FastDecompressor;

/** The form in which an issue is kept as Jira sent it: one LZ4 block (docs/adr/0008). */
final class PackedPayload {

    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4FastDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().fastDecompressor();

    private PackedPayload() {}

    static byte[] pack(byte[] bytes, int begin, int end) {
        return COMPRESSOR.compress(bytes, begin, end - begin);
    }

    /**
     * Gives back the bytes.
     *
     * @param length how many they were
     */
    static byte[] unpack(byte[] packed, int length) {
        return DECOMPRESSOR.decompress(packed, length);
    }
}
