"""Which domains name no company, however often sellers paste them?

Tables, kept short on purpose: what is missing costs one account that a reviewer refuses. A name matches with
everything below it (`maps.apple.com` leaves apple.com alone).
"""

FREE_MAIL = frozenset(
    """
    126.com 139.com 163.com 189.cn abv.bg aim.com alice.it aliyun.com aol.com aol.de arcor.de atlas.cz att.net
    bellsouth.net bigpond.com bluewin.ch bol.com.br btinternet.com centrum.cz charter.net comcast.net cox.net
    daum.net duck.com earthlink.net email.cz fastmail.com fastmail.fm foxmail.com free.fr freemail.hu freenet.de
    gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hanmail.net hey.com home.nl hotmail.be
    hotmail.co.jp hotmail.co.uk hotmail.com hotmail.com.br hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl
    hushmail.com icloud.com ig.com.br iinet.net.au inbox.lv inbox.ru interia.pl kpnmail.nl laposte.net libero.it
    list.ru live.be live.ca live.cn live.co.uk live.com live.de live.fr live.it live.nl mac.com mail.com mail.de
    mail.ee mail.ru mailbox.org me.com msn.com nate.com naver.com ntlworld.com o2.pl onet.pl online.de op.pl
    optonline.net optusnet.com.au orange.fr outlook.at outlook.be outlook.cl outlook.co.id outlook.com
    outlook.com.br outlook.cz outlook.de outlook.dk outlook.es outlook.fr outlook.ie outlook.in outlook.it
    outlook.jp outlook.kr outlook.pt outlook.sa outlook.sg pm.me poczta.onet.pl posteo.de posteo.net proton.me
    protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com runbox.com sapo.pt sbcglobal.net
    seznam.cz sfr.fr shaw.ca sina.cn sina.com skynet.be sohu.com sympatico.ca t-online.de talktalk.net telenet.be
    telus.net terra.com.br tin.it tiscali.it tuta.com tuta.io tutanota.com tutanota.de ukr.net uol.com.br
    verizon.net vip.163.com vip.qq.com virgilio.it virginmedia.com wanadoo.fr web.de windstream.net wp.pl xs4all.nl
    xtra.co.nz ya.ru yahoo.at yahoo.ca yahoo.cn yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.kr yahoo.co.uk
    yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.hk yahoo.com.mx yahoo.com.ph yahoo.com.sg
    yahoo.com.tr yahoo.com.tw yahoo.com.vn yahoo.de yahoo.dk yahoo.es yahoo.fr yahoo.gr yahoo.ie yahoo.in yahoo.it
    yahoo.no yahoo.pl yahoo.ro yahoo.se yandex.by yandex.com yandex.kz yandex.ru yandex.ua yeah.net ymail.com
    ziggo.nl zohomail.com zoznam.sk
    """.split()
)

DISPOSABLE = frozenset(
    """
    10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonaddy.com anonaddy.me burnermail.io byom.de
    discard.email dispostable.com dropmail.me emailondeck.com emlpro.com fakeinbox.com fakemail.net getairmail.com
    getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net
    guerrillamail.org guerrillamailblock.com inboxkitten.com incognitomail.org jetable.org mail-temp.com mail.tm
    mailcatch.com maildrop.cc mailexpire.com mailinator.com mailinator.net mailnesia.com mailnull.com mailsac.com
    minutemailbox.com moakt.com mohmal.com mozmail.com mytemp.email nada.email privaterelay.appleid.com
    sharklasers.com simplelogin.com spam4.me spamex.com spamgourmet.com temp-mail.io temp-mail.org tempail.com
    tempinbox.com tempmail.com tempmail.net tempmailo.com tempr.email throwawaymail.com trash-mail.com trashmail.com
    trashmail.de trashmail.net wegwerfemail.de wegwerfmail.de yopmail.com yopmail.fr yopmail.net
    """.split()
)

HOSTS = frozenset(
    """
    about.me alibaba.com aliexpress.com amzn.to angel.co apps.apple.com archive.org archive.ph atlassian.net
    baidu.com bandcamp.com behance.net bit.ly bsky.app calendly.com capterra.com company-information.service.gov.uk
    crunchbase.com discord.com discord.gg dnb.com duckduckgo.com etsy.com europages.com eventbrite.com fb.com fb.me
    flickr.com force.com g.co g.page g2.com github.com gitlab.com glassdoor.com goo.gl handelsregister.de home.blog
    hubspotpagebuilder.com indeed.com instagram.com is.gd kakao.com kompass.com kununu.com line.me linkedin.com
    linktr.ee lnkd.in maps.apple.com mastodon.social medium.com meetup.com messenger.com microsoftonline.com
    northdata.com northdata.de notion.site notion.so onmicrosoft.com opencorporates.com openstreetmap.org
    patreon.com pinterest.com producthunt.com quora.com rebrand.ly reddit.com share.google sharepoint.com shop.app
    slack.com slideshare.net snapchat.com societe.com soundcloud.com spotify.com stackoverflow.com substack.com t.co
    t.me telegram.me telegram.org threads.net tiktok.com tinyurl.com trello.com trustpilot.com tumblr.com twitch.tv
    twitter.com vimeo.com vk.com wa.me waze.com weibo.com whatsapp.com wikidata.org wikimedia.org wikipedia.org
    wordpress.org x.com xing.com yelp.com youtu.be youtube.com zendesk.com zillow.com zoom.us zoominfo.com
    """.split()
)

# Platforms with an address per country: refused under .com, .cc, .co.cc and .com.cc.
NATIONAL_BRANDS = frozenset(
    """
    allegro amazon bing bol ebay facebook flipkart glassdoor google indeed instagram lazada linkedin mercadolibre
    mercadolivre pinterest rakuten shopee taobao tmall tripadvisor trustpilot twitter yandex yelp youtube
    """.split()
)
