import Foundation
import Glibc
import Measurement
import Reporting

/// `cells.journal`: what a sweep has finished, a line of JSON each, on disk before the next run begins.
///
/// Lines are only ever appended. One that a killed process left unfinished is passed over by whoever reads. While it is
/// open no other process can open it.
struct CellJournal: ~Copyable {
    static let fileName = "cells.journal"

    /// One line: either of the two.
    private struct Line: Codable {
        var sweep: SweepIdentity?
        var cell: CellRow?
    }

    /// What a journal says.
    struct Content {
        /// The sweep as it was begun or last resumed; `nil` when there is no whole line that says so.
        var identity: SweepIdentity?
        /// The runs that have ended, in that order.
        var rows: [CellRow] = []
    }

    private let file: FileDescriptor

    /// Opens the journal of a folder to append to it; it is made if there is none.
    init(in folder: String) throws(HarnessError) {
        let path = "\(folder)/\(Self.fileName)"
        let file = try Self.open(path)
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            throw .usage("another fibq is at work on the sweep in \(folder): let it end first")
        }
        self.file = file
    }

    /// What the journal of a folder says; `nil` when there is none.
    static func content(in folder: String) -> Content? {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(fileName)") else { return nil }
        var content = Content()
        for text in data.split(separator: UInt8(ascii: "\n")) {
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(text)) else { continue }
            if let identity = line.sweep { content.identity = identity }
            if let row = line.cell { content.rows.append(row) }
        }
        return content
    }

    /// Notes that a sweep begins or goes on.
    func append(_ identity: SweepIdentity) throws(HarnessError) { try append(Line(sweep: identity)) }

    /// Notes that a run has ended.
    func append(_ row: CellRow) throws(HarnessError) { try append(Line(cell: row)) }

    private static func open(_ path: String) throws(HarnessError) -> FileDescriptor {
        do throws(SystemCallFailure) {
            return try FileDescriptor(opening: path, flags: O_RDWR | O_CREAT | O_APPEND, mode: 0o644)
        } catch {
            throw .file(path: path, reason: "\(error)")
        }
    }

    private func append(_ line: Line) throws(HarnessError) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            // The break before it sets it apart from what a killed process may have left.
            let isFirst = try file.size() == 0
            let text = (isFirst ? [] : Array("\n".utf8)) + Array(try encoder.encode(line))
            try file.write(text)
            try file.synchronize()
        } catch {
            throw .file(path: file.path, reason: "\(error)")
        }
    }
}
