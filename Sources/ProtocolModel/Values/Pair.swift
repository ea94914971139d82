/// Two values that lie in the state itself, so that a state needs no memory of its own.
struct Pair<Element: Hashable & Sendable>: Hashable, Sendable {
    private var first: Element
    private var second: Element

    init(_ first: Element, _ second: Element) {
        self.first = first
        self.second = second
    }

    subscript(_ index: Int) -> Element {
        get { index == 0 ? first : second }
        set { if index == 0 { first = newValue } else { second = newValue } }
    }
}
