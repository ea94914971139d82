/// A table of text with a title: what ``ReportFormat`` renders for a terminal or as Markdown.
package struct TitledTable: Sendable {
    /// A column's header and what its values are.
    struct Heading {
        let title: String
        /// True for one whose values keep to the right.
        let isNumber: Bool
        /// True for names that a terminal may show the beginning of.
        let isShortened: Bool

        /// Names, to the left, which a terminal may shorten.
        static func text(_ title: String) -> Heading { Heading(title: title, isNumber: false, isShortened: true) }
        /// Text to the left that is shown in full.
        static func verbatim(_ title: String) -> Heading { Heading(title: title, isNumber: false, isShortened: false) }
        /// Numbers, to the right.
        static func number(_ title: String) -> Heading { Heading(title: title, isNumber: true, isShortened: false) }
    }

    let title: String
    let headings: [Heading]
    let rows: [[String]]
}
