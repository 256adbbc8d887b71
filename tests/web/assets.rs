use chancery::platform::browser::assets;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::js;

#[wasm_bindgen_test]
async fn a_template_is_taken_from_the_page_else_fetched_else_refused() {
    js(r#"document.head.insertAdjacentHTML("beforeend",
        '<meta name="templates" content="inside beside=data:application/json,[2] nowhere=nowhere.json">'
        + '<script type="application/json" data-template="inside">{"a":1}</script>');"#);
    let list = assets::templates();
    let names: Vec<_> = list.iter().map(|asset| asset.name.as_str()).collect();
    assert_eq!(names, ["inside", "beside", "nowhere"]);
    assert_eq!(assets::load(&list[0]).await.unwrap(), b"{\"a\":1}");
    assert_eq!(assets::load(&list[1]).await.unwrap(), b"[2]");
    assert_eq!(assets::load(&list[2]).await.unwrap_err().name, "nowhere");
}
