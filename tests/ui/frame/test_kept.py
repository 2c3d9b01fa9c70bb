"""What was typed stays until it was taken, and a secret is never sent back to the browser."""

from streamlit.testing.v1 import AppTest

TYPED = "correct horse battery"


def page() -> None:
    import streamlit as st

    from ttt.ui.frame import kept

    with st.form("form"):
        st.text_input("Name", key=kept.key("form"))
        st.text_input("Secret", type="password", key=kept.key("form", "secret", secret=True))
        st.form_submit_button("Save")


def sent(app: AppTest) -> dict[str, str]:
    return {field.label: field.proto.value for field in app.text_input if field.proto.set_value}


def test_what_was_typed_is_put_back_but_for_a_secret() -> None:
    app = AppTest.from_function(page, default_timeout=60).run()
    for field in app.text_input:
        field.input(TYPED)
    app.button[0].click().run()
    assert [field.value for field in app.text_input] == [TYPED, TYPED]
    assert sent(app) == {"Name": TYPED}
