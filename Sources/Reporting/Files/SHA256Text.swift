import Crypto
import Glibc
import Measurement

/// SHA-256 sums as lower-case hexadecimal text.
package enum SHA256Text {
    /// The sum of a file's content, read piece by piece.
    package static func ofFile(_ path: String) throws(ReportingError) -> String {
        let piece = 1 << 20
        return try ReportingError.translating { () throws(SystemCallFailure) in
            let file = try FileDescriptor(opening: path, flags: O_RDONLY)
            var hash = SHA256()
            var offset = 0
            while true {
                let bytes = try file.bytes(at: offset, limit: piece)
                hash.update(data: bytes)
                offset += bytes.count
                if bytes.count < piece { return hexadecimal(hash.finalize()) }
            }
        }
    }

    /// The sum of a text's UTF-8.
    package static func of(_ text: String) -> String { hexadecimal(SHA256.hash(data: Array(text.utf8))) }

    /// A decimal integer as the files write it: itself up to 1,000 digits, else `sha256:<hex>:<digits>`.
    ///
    /// The sum is that of the decimal text, with its sign if there is one; the sign is no digit.
    package static func shortened(integer decimal: String) -> String {
        let digits = decimal.utf8.count - (decimal.hasPrefix("-") ? 1 : 0)
        return digits <= 1_000 ? decimal : "sha256:\(of(decimal)):\(digits)"
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.reduce(into: "") { text, byte in
            let digits = String(byte, radix: 16)
            text += digits.count == 1 ? "0" + digits : digits
        }
    }
}
