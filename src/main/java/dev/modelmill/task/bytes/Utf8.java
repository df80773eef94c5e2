package dev.modelmill.task.bytes;

/** Strict UTF-8 as Unicode 16, table 3-7 defines it: no overlong forms, no surrogates, nothing past U+10FFFF. */
public final class Utf8 {

    private Utf8() {}

    /** The index of the first byte in {@code [from, to)} that begins no well-formed sequence, or -1 where all is well. */
    public static int indexOfMalformed(byte[] array, int from, int to) {
        int index = from;
        while (true) {
            index = ByteSearch.indexOfNonAscii(array, index, to);
            if (index < 0) {
                return -1;
            }
            int length = sequence(array, index, to);
            if (length == 0) {
                return index;
            }
            index += length;
        }
    }

    /** The length of the well-formed sequence of two to four bytes that begins at an index; 0 where there is none. */
    private static int sequence(byte[] array, int index, int to) {
        int lead = array[index] & 0xFF;
        int length = length(lead);
        if (length == 0 || to - index < length) {
            return 0;
        }
        int second = array[index + 1] & 0xFF;
        if (second < lowestSecond(lead) || second > highestSecond(lead)) {
            return 0;
        }
        for (int next = index + 2; next < index + length; next++) {
            if ((array[next] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int length(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    private static int lowestSecond(int lead) {
        return lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    }

    private static int highestSecond(int lead) {
        return lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    }
}
