//! W0602: a kanji has its Japanese form.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::prose::occurrences;
use crate::diagnostic::Diagnostic;
use crate::rollup::Rollup;
use crate::source::kanji_of_radical;

pub(super) fn check(rollup: &Rollup<'_>, findings: &mut Vec<Diagnostic>) {
    for line in rollup.rows.iter().map(|row| row.line) {
        let chinese = occurrences(line, |prose| {
            let found = prose.text.char_indices();
            found
                .filter_map(|(at, found)| Some((at..at + found.len_utf8(), (found, japanese(found)?))))
                .collect()
        });
        for ((found, japanese), places) in chinese {
            let code = u32::from(found);
            let is_radical = kanji_of_radical(found).is_some();
            let form =
                if is_radical { "the sign of a radical and not the kanji" } else { "the Chinese form of" };
            let finding =
                Diagnostic::new("W0602", places.first, format!("`{found}` (U+{code:04X}) is {form} `{japanese}`"))
                    .here("looks alike, is another character")
                    .about(&line.id.value)
                    .help(format!("write `{japanese}`; such characters come from character recognition, PDFs and other keyboards, and searches miss the word"));
            let finding = places.told(finding, line);
            findings.push(places.replaced(finding, found, japanese, is_radical));
        }
    }
}

/// The Japanese form of a character that is used in Chinese only, or as the sign of a radical.
pub(super) fn japanese(character: char) -> Option<char> {
    static TABLE: OnceLock<BTreeMap<char, char>> = OnceLock::new();

    let pairs = || {
        let chinese = FORMS.chars().step_by(2);
        chinese.zip(FORMS.chars().skip(1).step_by(2)).collect()
    };
    TABLE.get_or_init(pairs).get(&character).copied().or_else(|| kanji_of_radical(character))
}

/// Simplified characters, each with its Japanese form behind it. None of them is in JIS X 0208 or in Windows-31J: what stands there
/// is Japanese too, however Chinese it looks (国, 学, 号, 双, 几, 虫).
const FORMS: &str = "\
    专専业業东東严厳丧喪为為丽麗举挙义義乌烏乐楽习習书書买買亚亜产産亲親亿億仅僅仓倉仪儀众衆优優伞傘伟偉\
    传伝伤傷伦倫侦偵侧側俭倹债債倾傾偿償储儲兰蘭关関兴興兹茲养養兽獣冈岡军軍农農冯馮冻凍净浄减減凤鳳击撃\
    则則刚剛创創剂剤剑剣剧劇劝勧务務动動劳労势勢勋勲华華协協单単卖売卢盧卫衛厅庁历歴压圧厕厠县県发発变変\
    叹嘆启啓员員呜嗚响響哑唖啸嘯园園围囲图図圆円场場块塊坚堅坛壇坟墳垒塁墙墻处処备備复復头頭夹夾夺奪奋奮\
    奖奨妆粧妇婦娱娯婴嬰孙孫宁寧实実宠寵审審宪憲宫宮宾賓对対寻尋导導尘塵层層岁歳岛島币幣帅帥师師帐帳帜幟\
    带帯帮幇庆慶库庫应応庙廟废廃开開异異张張弹弾强強归帰录録彻徹忆憶忧憂怀懐态態总総恶悪恼悩悬懸惊驚惩懲\
    惯慣愤憤戏戯战戦户戸执執扩拡扫掃扬揚扰擾抚撫护護报報拟擬拥擁择択挤擠挥揮捞撈损損换換摄摂摆擺敌敵斋斎\
    时時旷曠显顕晓暁暂暫术術杂雑权権杨楊极極构構枪槍标標栋棟栏欄树樹样様桥橋检検榄欖樱桜欢歓歼殲毁毀毕畢\
    汇匯汉漢汤湯泽沢洁潔浆漿浇澆测測济済浓濃涡渦润潤涨漲渐漸渔漁满満滤濾滨浜濒瀕灭滅灵霊灾災灿燦炼錬烂爛\
    烦煩烧焼热熱爱愛牵牽狮獅狱獄猎猟玛瑪环環现現琐瑣畅暢疗療疮瘡皱皺盐塩监監盘盤瞒瞞矿鉱码碼砖磚础礎硕碩\
    确確祸禍离離种種积積稳穏穷窮窍竅窝窩竖竪竞競笔筆笼籠筛篩签簽简簡篮籃类類粪糞紧緊纠糾红紅纤繊约約级級\
    纪紀纯純纲綱纳納纵縦纷紛纸紙纹紋纺紡纽紐线線组組细細织織终終绍紹经経绕繞绘絵给給络絡绝絶统統继継绩績\
    绪緒续続绳縄维維绵綿综綜绿緑缓緩缔締编編缘縁缚縛缝縫缠纏缩縮罗羅罚罰聋聾职職联聯聪聡肃粛肠腸肤膚肿腫\
    胁脅胜勝脏臓脑脳腾騰舰艦舱艙艳艶艺芸节節苍蒼苏蘇荣栄药薬莲蓮获獲萝蘿营営萨薩蓝藍蔷薔虏虜虑慮蚀蝕补補\
    袭襲见見观観规規视視览覧觉覚计計订訂认認讨討让譲训訓议議记記讲講许許论論设設访訪证証评評识識诉訴诊診\
    词詞译訳试試诗詩诚誠话話该該详詳语語误誤说説请請诸諸读読课課谁誰调調谈談谋謀谓謂谢謝谣謡谦謙谨謹谱譜\
    贝貝贞貞负負贡貢财財责責贤賢败敗货貨质質贩販贪貪购購贮貯贯貫贴貼贵貴贷貸贸貿费費贺賀资資赋賦赔賠赛賽\
    赞賛赠贈赵趙趋趨跃躍车車轧軋轨軌转転轮輪软軟轰轟轻軽载載较較辅輔辆輌辈輩辉輝辑輯输輸辽遼达達迁遷过過\
    迈邁运運进進远遠违違连連迟遅适適选選递逓遗遺邻隣郑鄭酿醸释釈针針钉釘钟鐘钢鋼钱銭铁鉄铃鈴铅鉛铜銅银銀\
    铸鋳链鎖销銷锁鎖锅鍋锋鋒锐鋭错錯锦錦键鍵锻鍛镇鎮镜鏡长長门門闪閃闭閉问問闲閑间間闸閘闻聞阀閥阅閲阔闊\
    队隊阳陽阴陰阶階际際陆陸陈陳陕陝陨隕险険隐隠难難韩韓页頁顶頂项項顺順须須顾顧颁頒颂頌预預领領颈頸频頻\
    颗顆题題颜顔额額颠顛风風飘飄飞飛饥飢饭飯饮飲饰飾饱飽饲飼饼餅饿餓馆館馈饋马馬驰馳驱駆驳駁驶駛驻駐驾駕\
    骄驕验験骑騎骗騙骤驟鱼魚鲁魯鲜鮮鸟鳥鸡鶏鸣鳴鸭鴨鹅鵝鹏鵬鹰鷹齐斉齿歯龄齢龙龍\
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_forms_have_japanese_ones() {
        for (chinese, form) in [('实', '実'), ('发', '発'), ('经', '経'), ('业', '業'), ('关', '関')]
        {
            assert_eq!(japanese(chinese), Some(form));
        }
    }

    #[test]
    fn what_is_used_in_japanese_is_not_in_the_table() {
        let used = "国学会体号台当点来万与双尽写区医旧虫数参断独楽乱両並乗予争亜仏仮伝併価偽児党円処剣励労効勅包化担";
        assert_eq!(used.chars().filter_map(japanese).collect::<String>(), "");
        assert!(FORMS.chars().skip(1).step_by(2).all(|form| japanese(form).is_none()));
        assert_eq!(FORMS.chars().count() % 2, 0);
    }
}
