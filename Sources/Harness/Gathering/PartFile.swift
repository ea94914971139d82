import Foundation
import Measurement
import Reporting

/// A file that a part hands in.
package struct PartFile: Codable, Equatable, Sendable {
    /// Its name in the part's folder, which begins with the part's.
    package let name: String
    /// Its length.
    package let bytes: Int
    /// The sum of its content.
    package let sha256: String

    /// A file of the given values.
    package init(name: String, bytes: Int, sha256: String) {
        (self.name, self.bytes, self.sha256) = (name, bytes, sha256)
    }

    /// The files of a part in a folder: those whose names begin with its own and a point.
    static func all(of part: String, in folder: String) throws(HarnessError) -> [PartFile] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("\(part).") }
                .sorted().map { name in
                    let path = "\(folder)/\(name)"
                    let size = try FileDescriptor(opening: path, flags: O_RDONLY).size()
                    return PartFile(name: name, bytes: size, sha256: try SHA256Text.ofFile(path))
                }
        } catch let error as ReportingError {
            throw .file(path: folder, reason: error.reason)
        } catch {
            throw .file(path: folder, reason: error.localizedDescription)
        }
    }

    /// What it is called in the run's folder; `nil` for a name that no part of that name may hand in.
    package func target(of part: String) -> String? {
        guard name.hasPrefix("\(part)."), !name.contains("/") else { return nil }
        return name.hasSuffix(".ledger") ? SinkFiles.ledgerName : name
    }
}

/// The pieces in which a part's files pass through Redis, numbered from 0, file by file.
package struct FilePieces: Equatable, Sendable {
    /// Bytes of a piece but the last of a file.
    package static let bytes = 256 << 10
    /// How many may lie in Redis at a time: so a hundred parts take less than 100 MiB of it.
    static let window = 4

    /// A piece of a file.
    package struct Piece: Equatable, Sendable {
        /// The file's place among all.
        package let file: Int
        /// Where it begins in the file.
        package let offset: Int
        /// Its length.
        package let bytes: Int
    }

    /// The files.
    package let files: [PartFile]
    /// The number of each file's first piece, and that after the last.
    private let starts: [Int]

    /// The pieces of these files. An empty file has none.
    package init(of files: [PartFile]) {
        self.files = files
        starts = files.reduce(into: [0]) { starts, file in
            starts.append(starts[starts.count - 1] + (file.bytes + Self.bytes - 1) / Self.bytes)
        }
    }

    /// How many there are.
    package var count: Int { starts[starts.count - 1] }

    /// The piece of that number.
    ///
    /// - Precondition: there is one.
    package subscript(number: Int) -> Piece {
        precondition((0..<count).contains(number), "no piece \(number) of \(count)")
        guard let file = files.indices.last(where: { starts[$0] <= number && starts[$0] < starts[$0 + 1] }) else {
            preconditionFailure("a piece is of a file")
        }
        let offset = (number - starts[file]) * Self.bytes
        return Piece(file: file, offset: offset, bytes: min(Self.bytes, files[file].bytes - offset))
    }
}
